"""The commonest words of the languages that are written to a Swedish municipality, and the scripts of others."""

SWEDISH = "svenska"

COMMON = {
    SWEDISH: "och att det är en ett som på i för av med till den har de inte om var jag men så vi ni kan man när hur vad"
    " får ska finns där här från eller bara också nu hej tack bra mycket alla någon nåt något ingen inga då vara blir"
    " kommer över under efter mer än utan sig oss mig er ert era min din vår vårt hans hennes deras mitt ditt dom dä ä"
    " e va o int nån nog ju väl igen även just redan vem varför vilken vilket vilka går göra gör tycker vill skulle"
    " måste borde dag år gång hela helt lite aldrig alltid kommunen skolan vägen sedan sen innan dessa denna detta"
    " idag dem ut in upp ned ner ur fyra två tre ta kunna den ha mot hos samma andra någonting varje flera",
    "engelska": "a an the and of to in is you that it he was for on are as with his they at be this have from or had by not"
    " but what all were we when your can said there use an each which she do how their if will up other about out many"
    " then them these so some her would make like him has look two more write go see no way could people my than been"
    " who its now did get come may i don't just here thank thanks please where why does our us very good great",
    "finska": "ja on ei se että en hän mutta oli ovat joka mitä kun niin kuin myös nyt voi vain jos mikä missä milloin"
    " miksi kuka minä sinä me te he tämä tuo nämä sen hänen minun sinun meidän teidän heidän olen olet olemme ole kiitos"
    " hyvä hyvää hei moi onko miten paljon kanssa mukaan tai eli kaikki sitten vielä aina koska auki ettei eikä",
    "somaliska": "waa iyo oo ma la ka ku soo u uu ay aan waxaan waxa waxaa inaan inay wax isku ugu hadda karaa karin"
    " maxaa xaggee halkee goorma goorta sidee waxay mahadsanid fadlan haa maya aad ayaa ayay waxaad kala laga lagu loo"
    " baan buu bay ee leh jira dadka caruurta iskuulka dugsiga biyaha rabaa kuma miyaa halkan",
    "tyska": "und der die das ist nicht ich sie wir ihr ein eine einen mit auf für von zu den dem des im es auch als an"
    " wie bei oder aber wenn nur noch nach aus kann haben hat sind wird werden wo wann warum was wer bitte danke über"
    " vielen schon sehr hier mein unser zum zur dass",
    "norska": "og ikke jeg det er på til av for med som en et har de du vi dere hva hvor når hvem hvorfor hvordan men"
    " så om kan skal vil fra ved eller bare også nå takk hei gjerne tilbake mye veldig noe noen hun deres mitt ditt"
    " min din i å den var etter",
    "danska": "og ikke jeg det er på til af for med som en et har de du vi jer hvad hvor hvornår hvem hvorfor hvordan"
    " men så om kan skal vil fra ved eller bare også nu tak hej gerne tilbage meget noget nogen hun deres mit dit min"
    " din i at den var efter",
    "polska": "i w nie na się że to jest z do jak ale co o po tak za od czy już tylko jestem są dla ma przez gdzie kiedy"
    " dlaczego dziękuję proszę bardzo mam dzień dobry może można jego jej ich nas was być",
    "spanska": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ya este sí"
    " porque esta entre cuando muy sin sobre también me hasta hay donde quien gracias hola está puede qué cómo cuándo",
    "franska": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont je nous"
    " vous mais ou avec tout cette être comme leur merci bonjour où quand pourquoi comment c'est très",
    "turkiska": "ve bir bu da de için ne mi mı ile çok var yok ben sen biz siz o ama daha gibi kadar nasıl nerede zaman"
    " neden teşekkürler teşekkür ederim lütfen merhaba değil olarak olan en her şey bana evet hayır",
    "bosniska, kroatiska eller serbiska": "i je u da se na za od su što sam kako ne li to a ali ili nije biti samo bi"
    " smo ste kada gdje gde zašto hvala molim dobar dan može mogu ima nema sve kao koji koja još već vas nas ovo",
    "kurdiska": "û ku ji bo li di de ez tu ew em hûn wan min te wî wê çi kî kengî çawa çima ne na erê spas dikare dibe"
    " heye tune ye in bi xwe gelek vê vî roj baş",
    "albanska": "dhe të në për me një është që nuk ka si do nga ju jam kam janë por se kur ku pse çfarë faleminderit"
    " mund shumë mirë unë ai ajo ne ata tani këtu jo po",
    "rumänska": "și să în pe cu la de nu este sunt un o ce mai din pentru că am are ați avem când unde cum mulțumesc"
    " vă rog bună foarte poate dar sau care acest aici",
    "nederländska": "de het een en van ik te dat die in je niet is op zijn met voor er maar om hem dan zou wat mijn men"
    " dit zo door over ze bij ook tot aan wel waar wanneer hoe bedankt graag kunnen",
}

# A word of five letters or more that ends so is likely to be Finnish.
FINNISH = ("ssa", "ssä", "llä", "stä", "kö", "ään", "nko", "ttä", "iin", "mme", "taan")

# A letter that some of them share tells these from the rest.
SHARED = {
    "å": (SWEDISH, "norska", "danska"),
    "ä": (SWEDISH, "finska", "tyska"),
    "ö": (SWEDISH, "finska", "tyska", "turkiska"),
}

# First and last letter of each block.
SCRIPTS = {
    "arabiska": ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    "ryska": ((0x0400, 0x052F),),
    "tigrinska eller amhariska": ((0x1200, 0x139F),),
    "grekiska": ((0x0370, 0x03FF), (0x1F00, 0x1FFF)),
    "hebreiska": ((0x0590, 0x05FF),),
    "thailändska": ((0x0E00, 0x0E7F),),
    "kinesiska": ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    "japanska": ((0x3040, 0x30FF),),
    "koreanska": ((0x1100, 0x11FF), (0xAC00, 0xD7AF)),
    "hindi": ((0x0900, 0x097F),),
    "bengali": ((0x0980, 0x09FF),),
    "tamil": ((0x0B80, 0x0BFF),),
    "georgiska": ((0x10A0, 0x10FF),),
    "armeniska": ((0x0530, 0x058F),),
}

# Letters that only another language of the same script has; the first that is found tells it.
TELLING = {
    "arabiska": (("sorani", "ێۆڕڵە"), ("pashto", "ټډړږښېۍ"), ("urdu", "ٹڈڑے"), ("persiska", "پچژگکی")),
    "ryska": (("ukrainska", "іїєґІЇЄҐ"), ("serbiska", "ђјљњћџ")),
}
