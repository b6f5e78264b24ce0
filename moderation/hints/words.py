"""The word lists, written as phrases.py reads them. What is wrong in a hint is mended here."""

from moderation.hints.kinds import HintKind

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

# Slurs, calling people animals or dirt, and wanting a people away.
KRANKNING = """
blatte*/blattar*/blattar
judarna/judar styr/äger/bestämmer/kontrollerar
FOLK … stjäl/stjäler/våldtar/förökar/snyltar/smutsar/förstör
svartskall*
neger/negern/negrer/negrerna/negrernas/negers
neger* !kung*
sandneg*
nigger*/nigga/niggas/niggaz
zigenar(e/en/na/nas/es/pack/packet/jävel/jävlar)
tattar(e/en/na/nas/es/pack/packet/jävel/jävlar)
lappjäv*/lappdjäv*
judesvin*/judejäv*
muslimsvin*/muslimjäv*/muslimpack*
araberpack*/araberjäv*
turkjäv*
kamelknull*/getknull*/getapul*
apjäv*/apmänn*
*jävel/*jäveln/*jävlar/*jävlarna/*jävlars/*djävel/*djävlar/*jävul
hor(a/an/or/orna/ans/as/unge/ungar/ungen/ungarna/hus/gök/bock/bockar)
luder/ludret/ludren
slamp(a/an/or/orna)
subb(a/an/or/orna)
fitt(a/an/or/orna)
fittjäv*/fitthuvud*/fittunge*
kukhuvud*/kukjäv*/kuksugar*
bögjäv*/bögdjäv*/bögfan/bögfasoner/bögsvin*
flatjäv*/lesbjäv*/transjäv*
cpskad*/cpunge*/cpjäv*/cpfall
helt/ett/jävla/är/e/din … cp !skad*/diagnos/förening*/förlamning/och/sedan/på
cp i huvudet/huvet/skallen
mongo/mongon/mongot/mongoloid*/mongojäv*
efterbliv(en/na/et)
retard/retards/retarderad/retarderade
dampunge*/dampbarn*
miffo/miffon/miffot/missfoster/missfostret
undermännisk*
avskum/avskummet/*avskum
svarting(/ar/arna/en)
hynd(a/an/or/orna)
*hora/*horan/*horor/*fitta/*fittan/*fittor/*luder/*fetto/*blatte/*blattar !gräshopp*
din … *kossa/*gris/*huvud/*hjärna/*nylle
dum/störd/störda/sjuk/sjuka/rubbad/rubbade/körd i huvudet/huvet/skallen/knoppen
psykopat(/en/er/erna)
cp unge/ungar/ungarna/ungen
slitsög(d/da)/gulingar/gulingarna/rasfrämmande/rasblandning
sieg heil
heil hitler
vit makt
hatar … FOLK
ohyra/ohyran
slödder/slöddret/patrask/patrasket
är/e inga/inte människor
såna/sådana/dessa/jävla parasiter
är/e som … råttor/djur/ohyra/kackerlackor/parasiter/apor/skadedjur/svin/boskap
är/e … parasiter/skadedjur/kackerlackor/undermänniskor/ohyra !i/på/i/och/som
inget/inte annat än … skadedjur/djur/råttor/ohyra/parasiter/svin/slödder/pack
lata/kriminella/smutsiga/jävla/äckliga … FOLK
FOLK … ut/bort från/ur
FOLK … äckl*/pack/avskum/svin/kriminella/parasiter/utrotas/idioter/råttor/djur
lägerbög*/arabsvin*/muslimjävel*/sverigefientlig*
hitler … rätt
bögarna/flatorna/judarna/muslimerna/negrerna … helvete
skicka/släng/kasta/kör hem/ut … alla/dem/dom/varenda/invandrar*/muslim*/blatt*
ut med … FOLK
åk/stick/dra/flytta hem till djungeln/öknen/sandlådan
åk/stick/dra/flytta/res hem till … där/araber*/afrika/somalia/syrien/hemland*
åk/stick/dra dit du/ni kom*
din/ditt/dina/jävla/jävlas/djävla/satans/helvetes/förbannade/äcklig(/a/t)/jäkla/fula/feta/sketna … kärring(/en/ar/arna)/käring/gubbjäv*/gubbslem/svin/svinet/as/kräk/kräket/äckel/äcklet/psykfall/apa/apor/råtta/råttor/kossa/hynda/idiot/idioter/idioten/pack/packet/jävel/jävlar/bög/bögar/lebb/flata/tjockis/fetto
käft(/en) … kärring/käring/gubbe/hora/jävla
dra åt helvete
din/ditt/dina äckliga/äcklige/vidriga/patetiska/sketna/fula/feta/jäkla/jävla/förbannade/ruttna
din … gris/mask/hynda/subba/ynkrygg/idiotjäv*/horunge/råtta
"""

UTLAMNANDE = """
begär(/a/s/de/t/er) … ut
begär(/a) … få ut/ta
begäran … utlämn*/handling*/ut
lämna(/s/r) ut … handling*/*handling/*handlingar/*handlingarna/protokoll*/avtal*/mejl*/mail*/dokument*/uppgift*/journal*
få/får … ut … handling*/*handling/*handlingar/*handlingarna/protokoll*/avtal*/mejl*/dokument*/faktur*/journal*/betyg*
ta del av … handling*/*handling/*handlingar/*handlingarna/protokoll*/avtal*/*avtal/*avtalet/*avtalen/beslut*/mejl*/mail*/dokument*/faktur*/*fakturor/*fakturorna/underlag*/rapport*/utredning*/prov*/kontrakt*/journal*/upphandling*/diari*/korrespondens*/anbud*/kvitto*
vill/önskar/skulle/måste/kräver … se/läsa/ha … prov*/avtal*/*avtal/*avtalet/*avtalen/protokoll*/handling*/*handling/*handlingar/*handlingarna/faktur*/*fakturor/*fakturorna/underlag*/kontrakt*/kvitto*/mejlen/korrespondens*/beslutsunderlag*
skicka/mejla/maila/sänd/ge/lämna … protokoll*/handlingar*/*handlingar/*handlingarna/avtalet/*avtalet/fakturor*/*fakturor/*fakturorna/beslutet/underlaget/kontraktet !med/utan/på/i
skicka/mejla/maila/sänd … alla/samtliga … mejl*/mail*/handling*/protokoll*/beslut*/papper*/dokument*
önskar/vill/begär/beställ*/få/får/ha/skicka/hämta … kopi(a/or/orna) på/av
ha ut … list*/*lista/*listan/*listor/handling*/*handlingar/*handlingarna/protokoll*/avtal*/*avtalet/mejl*/faktur*/*fakturor/löner*/lönelist*/underlag*/allt/alla/samtliga
läsa/se/granska mejlen/mailen/mejl*/brevväxling*/korrespondens*/mejlkonversation*
vill/önskar/kan … ta … del av … era/ert/er
sekretesspröva/sekretessprövning/sekretessprövas
insyn i … avtal*/handling*/upphandling*
offentlighetsprincip*
tryckfrihetsförordning*
allmän/allmänna handling/handlingar/handlingarna/handlingen
utlämnande av … DOC
vill/önskar/kräver/får/fick/kan/måste/skulle/begär … se/läsa/få/ha/granska … DOC
begär/begära/önskar/beställer … DOC
begär/önskar/beställer/få … utdrag
ta del av … DOC
lämna(/s/r) ut namn*/list*/allt/alla/samtliga/dem/dom
handlingar* … om/i/från … ut
lista/förteckning/sammanställning på/över … beslut/faktur*/avtal/bidrag/utbetalningar/ärenden
registerutdrag*
"""

# What somebody says who waits for something. The diarienummer themselves are in cases.py.
PAGAENDE_ARENDE = """
överklag(a/ar/ade/at/an/ande)
yttrande/yttrandet/yttranden
planärend*/bygglovsärend*/detaljplaneärend*/planärende
ärendenummer/ärendenumret/diarienummer/diarienumret/ärendenr/diarienr
mitt/vårt … ärende/bygglov/bygglovet/överklagande/ärendet/*ärende
min/vår … ansökan/*ansökan/anmälan/*anmälan/begäran
skickat/skickade/lämnat/lämnade … ansökan/ansökningar/anmälan/bygglov*
läggs/lägg/lägga till … ärendet/handlingarna
i/till/om ärendet
"""

KLAGOMAL = """
klag(a/ar/ade/at)
klagomål*
synpunkt*
missnöjd/missnöjda/missnöje
besvik(en/na/else)
under all kritik/värdighet
kritik(/en) mot
oacceptab*/undermålig*/bedrövlig*/katastrof*/skandal*/vansinn*/vidrig*/urus(el/elt/la)/värdelös*/usel/uselt/usla/horribel*/skrattretande/respektlös*/fiasko
hopplös(/t/a)
inkompeten*/nonchalan*/olämplig*/ansvarslös*/oansvarig*/oförskäm*/verklighetsfrån*
oförsvarlig*/orimlig*/omänsklig*/orättvis*/otrygg*/otillgänglig*/obegriplig*/hutlös*
vanvård*/livsfarlig*/trafikfarlig*
skärpning/skärp
skäms/skämmas/pinsam*/patetisk*
hån/slöseri/dumheter/idioti/galenskap/teater/trams
idiot(/er/erna/isk/iskt/iska)
sämst(/a)/sämre
dålig(/t/a)
trasig(/t/a)
sönder/söndrig*/läcker/läckage/rasat/rasar
lukt(ar/ade) !gott/underbart
stinker/stank/stanken
äckligt/äcklig/hemsk(/t/a)/fruktansvär(d/t/da)/förfärlig*/gräslig*/otäck*/farlig(/t/a)/osäker/osäkert
sjukt att
helt sjukt/galet/otroligt/absurt/befängt/orimligt/fel/stört
slut på/med … skattepengar
skattepengar*/skattemedel*
prioriter* … framför/före/fel
fel prioritering*/beslut
miss(at/ar/skött/sköter/köts)
missköt*/misslyckad*/misslycka*/vanskött*/vansköt*/försumm*/struntar/strunta/skiter/ignorera*/sviker/svikit/sviken
har lovat/utlovat
lovade/löften/löfte
nu räcker det
räcker det nu
får räcka
inte … räcker
blir bara sämre
allt sämre
varje kväll/natt/dag/gång/år/vinter
i flera/sex/sju/åtta/tio år/månader/veckor/dagar/dygn
ni/kommunen/man har glömt
på två/tre/fyra/flera dagar/veckor/månader/år/dar
snälla sätt/laga/gör/fixa/ploga/ta/bygg/öppna/låt
anställ/återställ/höj/sänk/öppna/behåll/skrota !er/dig
fler/flera/bättre/mer … behövs/saknas
saknas/saknar !ord
behövs/behöver fler/bättre/mer/en/ett
stör/störande/buller/bullret/bullrar/oväsen
klotter/klottrat/råttor/ogräs
hål/gropar/potthål i/på
oframkomlig*/oplogad*/osandad*/oplogat/osandat/ishalka*/ishalt/blixthalk*/spårig*/lerig*
skräpig(/t/a)/nedskräp*
tråkigt att/med
synd att
typiskt er/kommunen
trött(/a) på
väntar/väntat fortfarande/ännu/i/på … svar/besked/hjälp/veckor/månader/år
finns inget/inga/ingen/inte … på/i/till/att/för
alltid … låst/låsta/stängt/fullt/fel/sen/sena/försenad*/trasig*/tomt/kö
så sällan
trist(/a) att
släckt/släckta/skrämmande/personalbrist*/brist på/bristen/bristfällig*
väntar/väntat än
lovat oss/att
utan att … tömma/ploga/fråga/svara/informera/meddela/sanda/städa/lyssna
varför får/ska/kan/är/gör … aldrig/inte
varför får/ska/kan vi/jag … aldrig/inte
sparar ihjäl
begär/kräver … omprövning
omprövning
full/fulla av gropar/hål/skräp/klotter/ogräs
hela tiden
ingen belysning/information/hjälp/parkering/skyltning
betala mer
undra/undrar hur/vad ni … tänkte/tänker/tänkt
ni borde
har inga/inget/ingen … kvar/längre
less på
orkar inte
vågar inte
lyssnar aldrig/inte
svarar aldrig/inte
hör/hörde aldrig av
aldrig … fått/svar*/tid/hinner
aldrig kan/kommer/ordnar/gör/plogar/sandar/städar/fixar/rösta
inte hört något/nåt
har/får/fick/fått/finns inget/inga/ingen/inte/aldrig … svar/information/hjälp/vatten/besked/återkoppling
inte/aldrig … fått … svar/besked/information/hjälp/återkoppling/bekräftelse/underrättelse
inte/aldrig/ingen … svarat/ringt/plogat/sandat/saltat/städat/lagat/lagats/hämtat/hämtats/tömt/tömts/fixat/åtgärdat/åtgärdats/gjort/gjorts/hänt/kommit/återkommit/informerat
inte tillgänglig*/acceptabel*/okej/ok/rimlig*/klokt/godtagbar*/värdig*
inte … lånat/låna/parkera/sova/gå/komma … på/in/fram/ut
får inte låna/parkera/delta/vara/komma/gå
ingen … svarar/ringt/ringer/lyssnar/bryr/gör
bryr er/sig inte/ett
funkar/fungerar inte/aldrig/dåligt
stämmer inte
inte … skött(/s)
får … vara nog
nog nu
är det nog
har fått nog
tredje/fjärde/femte/tionde gången/veckan/dagen/året/vintern/månaden
vartenda/varenda år/gång/dag/vinter/månad
hur länge ska/skall vi/jag/det
varför … inte/igen/inget/ingen/aldrig/alltid/tidigare
borde !gå/vara
borde vara/gå … bättre/självklart/annorlunda
borde … avgå/skämmas
avgå
föreslår/föreslå
mitt/ett/har … förslag !om/till/på
i/som andra kommuner
vore bra/bättre/fint/toppen/kul/önskvärt/klokt/lämpligt
hade varit bra/bättre/fint
önskar att ni/kommunen/det
jag/vi vill … att ni/kommunen/någon
jag/vi kräver
kan/kunde ni inte
kan ni … skärma/laga/fixa/ordna/flytta/ändra/ta/sänka/höja/ploga/sanda/byta/bygga/sätta/städa/tömma/stänga/öppna
gör om
gör nåt/något
gör … åt
åtgärda/laga/fixa/återinför/avsluta/sluta/stoppa/bevara/rädda !er/oss/med
låt … vara/bli/stå
lägg/riv/stäng/ta/bygg/sälj/flytta inte
sätt upp
ta bort
slå ihop
skjut upp
ordna/satsa/bygg bättre/mer/fler
töm/sopa/ploga/sanda/salta/städa/klipp/röj … !ni/vi
oftare
stänger/lägger ner/ned
i stället/istället för
skam/skamligt/skamlig
lögn/lögner/ljuger/ljugit
mygel/mygla/korruption/korrupt*
trots … intyg/lov*/anmäl*/påpek*
på allvar
dödar … bygden/landsbygden/centrum/handeln/föreningslivet
"""

LISTS = {
    HintKind.HOT: HOT,
    HintKind.KRANKNING: KRANKNING,
    HintKind.UTLAMNANDE: UTLAMNANDE,
    HintKind.PAGAENDE_ARENDE: PAGAENDE_ARENDE,
    HintKind.KLAGOMAL: KLAGOMAL,
}
