// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

// firstNames are frequent first names; left out are those that are words too.
const firstNames = `
jan piet kees henk klaas johan johannes hendrik willem peter hans gerrit cornelis marcel ronald erik eric patrick dennis jeroen bas tim tom thomas
sander martijn mark marco michel robert rob richard frank frans bert bart joost ruud wim ad arie jaap jos leo theo ton harry daan sem lucas levi luuk
finn noah milan bram jesse thijs lars ruben max sam stijn julian niels joris koen rik rick kevin mike danny jordy wesley björn sven tijn gijs teun mees
dirk edwin ferry gert gerard guus hugo ivo jasper jelle jim joep kasper maarten mathijs matthijs olaf pascal paul pim rene rené roel rutger sebastiaan
simon stefan tobias victor vincent wouter youri yannick alex alexander andré anton arjan arnold ben bernard chris daniel david eddie fred
maria anna johanna elisabeth cornelia margaretha wilhelmina hendrika ria marja marijke anja ineke els ellen ingrid petra monique marloes linda sandra
saskia esther judith karin mirjam miriam nicole patricia wendy yvonne angela astrid bianca brenda carla caroline chantal claudia daphne debbie denise
diana eva femke floor gerda greetje hanna hanneke heleen helma ilse inge irene jacqueline janneke janny jantje jolanda josé joyce julia kim laura lies
lieke lisa loes lotte lucia maaike mandy margriet marianne marieke marije marleen marlies martha mia miranda nadia naomi natalie nel nienke
noor nora olga paula pauline renate renske riet rosa ruth sabine sanne sara sarah silvia simone sofie sophie stephanie suzanne sylvia tamara tanja
tess thea tineke trees trudy truus vera vivian willemijn wilma emma julia mila saar zoë tess yara fenna evi olivia liv fleur lynn jasmijn isa maud
mohamed mohammed muhammad ahmed ali hassan hussein omar youssef yusuf ibrahim mustafa mehmet murat emre burak kemal ömer osman can deniz hakan cem
karim rachid samir nabil jamal bilal hamza ilias ayoub anouar abdullah abdel said tariq khalid farid amir reza mahdi khaled
fatima fatma aisha ayşe aicha khadija samira naima latifa hanane karima souad nadia yasmina meryem zeynep elif emine hatice selma leyla layla amina
zahra maryam mariam noura salma imane soumaya hafsa nour rania dina farah safiya
piotr tomasz krzysztof andrzej marek pawel agnieszka katarzyna malgorzata ewa magdalena joanna oleksandr olena natalia iryna dmytro ivan viktor
john james mary jane susan emily jack harry charlie george oliver amelia grace hannah william michael jennifer jessica
samuel yonas selam tesfay abraham mehari winta shanti ravi priya raj anil sunita wei ming li rosa juan carlos josé luis antonio
`
