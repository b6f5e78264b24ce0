"""Words and phrases of threats."""

# For threats.py. "Ni" and "du" alone are no target: "ni borde förbjuda knivar".
VIOLENCE = (
    "knytnäv*/tillhygg*/vapen/kniv/kniven/knivar/knivarna/yxa/yxan/bomba/pistol/bössan/gevär/döda/dödar/dödas/mörd*/stryk"
    "/spö/spöa/spöar/halsen/strypa/stryper/misshandl*/våldt*/ihjäl/lynch*/avrätt*/avbasning/bensin/mosa/mosar/krossa/krossar"
    "/torter*/lemläst*/skallen/käften/nacken/truten/nackskott/hängas/skjutas/brännas/stenas/utrotas/gasas/bloden/gravsten"
    "/halshugg*/molotov*/brandbomb*/strupen/revbenen/knäskålarna/rullstolen/blodig/blodigt"
)
MEANT_FOR = (
    "dig/dej/er/honom/henne/din/ditt/dina/era/ert/hans/hennes/deras/rektor*/jävel/jävlar/jävlarna/kräk/horan/idioten/svinen"
    "/*chefen/*politikern/*politikerna/politiker*/*handläggaren/handläggar*/*nämnden/nämnden/*rådet/*vakten/vakten/*föraren"
    "/föraren/*gubben/*kärringen/*jäveln/jäveln/*sekreteraren/tjänstemän*/fullmäktige/lärare*/läraren"
)
WILLING = (
    "ska/skall/kommer/borde/bör/skulle/förtjän*/hoppas/önskar/annars/snart/vänta/tänker/lovar/svär/varnar/ikväll/inatt"
    "/imorgon/tills/passa/akta/får/gång"
)

HOT = """
vet var/vart du/ni/han/hon/de/dom/den/dina/era … bor/jobbar
vet vilken väg/buss/bil du/ni/han/hon
vet … dina/era/hans/hennes barn går
slå/slår/skjut(a/er)/sparka(/r)/hugg(a/er)/klubba/köra/piska ihjäl !sig/mig/oss/tid*
slå/slår ner/ned dig/er/honom/henne/dem/dom/den/varenda/varje/någon/nån
slår/bränner/skjuter/sparkar/klipper/hugger/krossar/spränger/spöar jag/vi skiten/ner/ned/ihjäl/sönder/in/till/dig/er/honom/henne/dem/dom
bränner jag/vi … hus*/bil*/upp
skjut/häng/bränn/hugg/spöa/lyncha/knivhugg/döda dom/dem/honom/henne/alla/skiten/hela/varenda/jäveln/jävlarna
kommer och hämtar/tar/letar dig/er/honom/henne/dem/dom
kommer … hem till dig/er !och/på/med/när/för
kommer … med kniv/yxa/pistol/bössan/hagelgevär*/basebollträ*/vapen/bensin
med kniv/yxa/pistol/hagelgevär*/basebollträ*/järnrör*/motorsåg i/mot/handen/till
ge … läxa/omgång … glömmer
ligga i ett dike/diket
ligger du/ni/han/hon i diket/jorden/graven
hoppas … exploderar/krockar/kraschar/drunknar/brinner/ruttnar/cancer/kvävs/dödas
ska/skall/borde … i graven/jorden/backen
gräv(a/er) … grav
blod … kommer … rinna/flyta
hämnas/hämnden
slipar kniven/knivarna/yxan
skjutjärn*/mordhot*/dödshot*/dödslist*
slå/slår sönder/in !rekord*
slå/slår … käften/tänderna/skallen/ansiktet
slå/slår … på käften
mörd(a/ar/as) !av
lynch(a/as/ar)
WILL … KILL … PERSON !upp/till/på/fram/ut/med/i/att/som
KILL … PERSON … om/annars/jävl*/snart/inatt/ikväll/imorgon
ska/skall/kommer … KILL dig/er/dom/dem/honom/henne !upp/till/på/fram/med
spöa/spöar/klår/mosar/krossar upp/till/sönder … PERSON
slå/slår in/ut … tänderna/skallen/käften/näsan
ge/ger … BLOW
WILL … PERSON … BLOW !på/för/av/glass
livet ur PERSON
häng/dränk/skjut/knivhugg/dö dig/er !på/med/kvar/ihop/upp
vet vilken/vilka/vart … dina/din/ditt/era/hans/hennes/du/ni … går/bor/jobbar/kör/tränar/sover
vet … dina/era/hans/hennes ungar/barn/fru/man/föräldrar !är/har/får/behöver
kom hit/ut/hem/fram så ska jag/vi/du/ni
kommer jag/vi hem till
kommer jag/vi och … PERSON
lagen i egna händer
WILL … WEAPON … PERSON
WEAPON … i/mot/på PERSON
smälla/smäller/smäll … bomb
bomb … på/mot/i … mötet/*möte/*mötet/nämnd*/kommunhus*/kontoret/skolan
PERSON … med WEAPON
ligger du/ni/han/hon där
sista du/ni gör
räknade dagar
står på tur att/näst
vem … står på tur
lära … veta hut
brinn(a/er) i helvetet
bryter/krossar/skär/slår/knäcker/sparkar/klipper/sågar/skjuter/hugger … BODY på/av PERSON
bryta/krossa/skära/slå/knäcka/sparka/klippa/såga/hugga/bryt/krossa/skär/skjut … BODY på/av
bryter/krossar/skär/slår/knäcker/sparkar/klipper/skjuter jag … BODY
WEAPON/kula/kulor i BODY
hoppas … överkörd/överkörda/påkörd/påkörda/våldtagen/våldtagna/rånad/mördad/mördade/skjuten/skjutna/misshandlad/död/döda
ta/tar livet av dig/er/honom/henne/dom/dem
inte roligt för dig/er
inte nådig*
leker med era/ditt liv
räkna med … besök
få … besök/påhälsning av mig/oss/grabbarna/gänget
hittar dig/er var
ingenstans att gömma
inte gömma dig/er
sov med ett öga
bakom dig/ryggen när du/ni
om … över axeln
pris på ditt/hans/hennes huvud
dödsdömd(/a)
slutet för dig/er
tyst(a/ar/as) … för gott
försvinna/försvinner … för gott
röj(a/er/as) … ur vägen
tutta/tuttar eld/på
molotov*/brandbomb*
borde brinna
brinner … stadshuset/kommunhuset/skolan/kontoret/moskén om/snart/inatt/ikväll
gul och blå
slå/slår … blodig/medvetslös/medvetslösa/fördärvad
golva/golvar/däcka/däckar/puckla/pucklar … PERSON
hamna/hamnar/hamnat/sätta/sätter … på sjukhus/sjukhuset !i/efter/för
hamna/hamnar/sätta/sätter … i rullstol !efter/för
inte kunna gå när
släpp(a/er) hundarna på
mina/mitt grabbar/polare/gäng/bröder … kommer/hälsar/hälsa
know where you live
you … pay … for
going to die
avrätt(a/as/ar)
halshugg(a/as/er)
knivhugg(a/as/er)
våldta/våldtar/våldtas
misshandla
ska/skall/borde/bör/skulle/kommer/vill/måste/kan … skjut(a/as) !upp/ut/till/fram/på/undan/ifrån/över/film/foto/bilder/in/isär/ihop/snö/jord/älg*/varg*/vildsvin*/björn*/rådjur*/lerduv*/prick*/mål/fyrverk*/raketer
ska/skall/borde/bör/skulle/måste … häng(a/as) !med/ihop/upp/på/kvar/undan/av/i/fram/gardiner/där/här/samman/ut/över/ner/tavl*
ska/skall/borde/bör/skulle … bränna !ris/löv/ved/kvistar/ljus/av/kalorier/skräp/gräs/en/ett/cd/mandlar/kaffe
ska/skall/borde/bör/skulle/måste … brännas !av/i
ska/skall/borde/bör/skulle/vill/måste … döda !lupin*/ogräs*/sniglar*/mygg*/fästing*
ska/skall/borde/bör/skulle … dödas/stenas/spöas/spöa/slaktas/slakta/strypas/strypa/gasas/utrotas/torteras
ska/skall/borde/bör/skulle/måste/kan du/ni/han/hon/de/dom/den/alla dö !av/ut/innan
borde/förtjän* att dö !av/ut
borde dö !av/ut
hoppas … du/ni/han/hon/de/dom/alla dör !av/ut
dö din/ditt/dina/jävla/era
jag/vi ska/skall/kommer … döda/mörda/skada/spöa/knäcka/förgöra
dödar/skjuter/mördar/knivar dig/er/honom/henne/dem/dom/varenda
döda dig/er/honom/henne/dem/dom/dig
du/ni är/e död/döda
du/ni/han/hon är/e dödens
dagar är räknade
akta/passa dig !för/på/bara/så
akta/passa er jävligt/jäkligt/förbannat/noga
passa dig/er jävligt/jäkligt/förbannat/noga
inte hem hel(/a)
inte … hem levande
inte … levande därifrån/härifrån
få/får/ska … stryk !på/av/från/med/mot
få/får/ska … en smäll/propp/snyting/käftsmäll/kula/omgång/örfil !för/glass
få/får/ska … på käften/truten/nöten
ge dig/er/honom/henne/dem/dom … stryk/smäll/propp/snyting/käftsmäll/kula
smäll på käften
kula i skallen/pannan/huvudet/nacken
bryt(a/er) nacken/benen/armarna/fingrarna på
spöar/slår/sparkar/spöa/slå/sparka skiten
skär/skära/skärs halsen
förtjän* … BLOW
ditt/dina/din … adress/registreringsnummer/bilnummer … hem
vänta du/ni bara
dina/era barn … betala/lida/ångra/äta
ta till vapen
smaka på … knytnäv*/näv*/bly
hälsa på … hemma !hos
söka upp dig/er/honom/henne/dem/dom
söker upp dig/er/honom/henne/dem/dom
ligger risigt/pyrt till
annars vet du/ni … händer
annars jävlar
annars smäller det
ska få ångra
nästa gång blir det värre/du/ni
spräng(a/er) kommunhus*/hela/skolan/dig/er/skiten
bomba kommun*/skolan/er/dig/moské*/hela
bomb* i/mot kommunhuset/skolan/skolorna/moskén
tänd(a/er)/sätt(a/er) eld på/i !majbras*/bras*/*bras*/grill*/ljus*/valborg*/den
elda/eldar/bränn(a/er) upp !ris/löv/ved/kvistar/gräs/skräp*/sopor/grenar
bränn(a/er)/elda/eldar ner/ned
brinn(a/er) … hemma hos/i
storma kommunhuset/fullmäktige/mötet
krossa … rutorna/fönstren/rutor/fönster/skallen
ta med … vapen/påkar/bensin/knivar/yxor/gevär
kill you/him/her/them/yourself
"""
