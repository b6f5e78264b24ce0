"""Words and phrases of slurs and incitement."""

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
skicka/släng/kasta/kör hem/ut dem/dom !i/på/till
skicka/släng/kasta/kör hem/ut … FOLK
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
