# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Rugzak contributors

# One static binary in an empty image. Run it with a read-only root:
#   docker run --read-only --cap-drop ALL -v rugzak:/data -p 127.0.0.1:8080:8080 rugzak
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/rugzak ./cmd/rugzak
# The data directory of a new volume gets the owner and mode of this one.
RUN mkdir -m 0700 /out/data

FROM scratch
COPY --from=build /out/rugzak /rugzak
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/rugzak", "healthcheck", "--listen", "0.0.0.0:8080"]
ENTRYPOINT ["/rugzak"]
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data"]
