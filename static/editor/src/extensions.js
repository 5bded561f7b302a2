// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

import * as blocks from "./schema.js";
import * as inline from "./inline.js";
import * as tables from "./table.js";

// All that a text can hold.
export const extensions = [...Object.values(blocks), ...Object.values(inline), ...Object.values(tables)].filter((e) => e?.config?.name);
