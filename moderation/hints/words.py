"""The word lists, written as phrases.py reads them. What is wrong in a hint is mended in these."""

from moderation.hints.kinds import HintKind
from moderation.hints.words_matters import KLAGOMAL, PAGAENDE_ARENDE, UTLAMNANDE
from moderation.hints.words_slurs import KRANKNING
from moderation.hints.words_threats import HOT

# A word in capitals stands for one of these.
SETS = {
    "PERSON": "dig/er/dej/honom/henne/dom/dem/någon/nån/alla/varenda/varje/hela/*chefen/*rektorn/*läraren/*lärarna"
    "/rektorn/läraren/chefen/*politikern/*politikerna/politikern/politikerna/politiker/*handläggaren/handläggaren"
    "/handläggarna/handläggare/*nämnden/nämnden/*rådet/*vakten/vakten/*föraren/föraren/*gubben/*kärringen/*jäveln"
    "/jäveln/jävlarna/*sekreteraren/*männen/*mannen/tjänstemännen/fullmäktige/kommunstyrelsen/*fan/fanskapet/grannen",
    "KILL": "döda/dödar/mörda/mördar/spöa/spöar/misshandla/misshandlar/strypa/stryper/klå/knivhugga/knivhugger"
    "/knivskära/skjuta/skjuter/klubba/piska/lemlästa/tortera/torterar/avrätta/lyncha/våldta/våldtar/halshugga/hänga"
    "/bränna/steka/flå/gasa/spränga/mosa/krossa/slakta/kväsa/stympa/skada",
    "WILL": "ska/skall/kommer/borde/bör/skulle/vill/måste/kan/får/förtjänar/tänker/lär",
    "BLOW": "stryk/smäll/propp/snyting/käftsmäll/kula/däng/spö/omgång/örfil/skott/snytingar/smällar",
    "BODY": "fingrarna/fingrar/armarna/benen/nacken/skallen/käken/käften/näsan/tänderna/halsen/ryggen/huvudet/ansiktet/knäna"
    "/knäskålarna/strupen/revbenen/magen/bröstet/pannan/tinningen/ögonen/truten",
    "WEAPON": "kniv/kniven/yxa/yxan/pistol/bössa/bössan/gevär/hagelgevär*/basebollträ*/vapen/bensin/bensindunk*/slägga/släggan"
    "/järnrör*/påk/påkar/motorsåg*/machete/bomb/granat/handgranat*",
    "DOC": "handling*/*handling/*handlingar/*handlingarna/protokoll*/*protokoll/*protokollet/avtal*/*avtal/*avtalet/*avtalen"
    "/mejlen/mejl/mailen/mejlväxling*/mailväxling*/korrespondens*/dokument*/faktur*/*faktura/*fakturor/*fakturorna/kontrakt*"
    "/underlag*/*underlag/*underlaget/kvitto*/kvitton*/diari*/anbud*/tjänsteskrivelse*/rapport*/utredning*/journal*"
    "/riskbedömning*/riskanalys*/provsvar*/provresultat*/analysresultat*/mätning*/löneuppgift*/lönelist*/upphandlings*",
    "FOLK": "araber*/somali*/muslim*/romer/romerna/zigenar*/invandrar*/flykting*/judar*/judarna/tiggar*/syrier*/afghan*"
    "/homo*/bögar*/trans*/negrer*/negrerna/utlänning*/asylsökande*",
}

LISTS = {
    HintKind.HOT: HOT,
    HintKind.KRANKNING: KRANKNING,
    HintKind.UTLAMNANDE: UTLAMNANDE,
    HintKind.PAGAENDE_ARENDE: PAGAENDE_ARENDE,
    HintKind.KLAGOMAL: KLAGOMAL,
}
