"""Words and phrases of those who want something of the municipality."""

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
töm/sopa/ploga/sanda/salta/städa/klipp/röj !ni/vi
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
