"""What made-up patients and their office write to each other."""

from dialog.conversations.policy import Topic

WHY_A_TIME = (
    "Vondt i ryggen i to uker, verst om morgenen.",
    "Årlig kontroll av blodtrykket.",
    "Utslett på armene som ikke går over.",
    "Hoster fortsatt etter forkjølelsen for tre uker siden.",
    "Vil snakke om søvn. Jeg våkner klokken fire hver natt.",
    "Kneet låser seg når jeg går i trapper.",
    "Ny time om hodepinen vi snakket om.",
    "Kontroll etter sykehuset.",
    "Svimmel når jeg reiser meg.",
    "",
)
WHY_A_WISH = (
    "Jeg trenger en dobbeltime. Det er to ting jeg vil snakke om.",
    "Kan jeg få en time tidlig på dagen? Jeg jobber kveld.",
    "Fant ingen ledig time som passet. Helst sammen med blodprøve.",
    "Trenger attest for førerkort og kontroll på samme dag.",
)
PROPOSED = (
    "Vi har satt av denne timen til deg. Passer den?",
    "Her er et forslag. Si fra hvis du trenger en annen.",
)
CALLED_IN = (
    "Det er tid for årskontroll. Vi har satt opp en time til deg.",
    "Prøvesvarene er kommet, og vi vil gjerne gå gjennom dem med deg.",
)
CANNOT_COME = ("Jeg er blitt bedre og trenger ikke timen.", "Må på jobb den dagen.", "")
RENEWAL_COMMENTS = ("", "", "", "Samme dose som før.", "Har to uker igjen.", "Skal ut å reise.")
STOPPED = ("Vi ble enige om å slutte med denne.", "Du har fått en annen i stedet.")
QUESTIONS = {
    Topic.SICK_NOTE: (
        "Jeg har hatt feber siden søndag og kan ikke jobbe. Trenger sykmelding ut uken.",
        "Ryggen er bedre, men ikke god nok for lagerarbeid. Kan sykmeldingen forlenges?",
    ),
    Topic.KNOWN_PROBLEM: (
        "Astmaen er verre igjen etter at pollensesongen begynte. Bruker inhalatoren to ganger.",
        "Eksemet på hendene blusser opp. Kremen fra i fjor er tom.",
    ),
    Topic.FOLLOW_UP: (
        "Det har gått fire uker siden vi økte dosen. Jeg merker at det hjelper, men er trøtt.",
        "Såret ser fint ut nå. Skal stingene fjernes hos dere?",
    ),
    Topic.TEST_RESULT: (
        "Jeg ser at jernlageret er lavt. Skal jeg begynne med tabletter?",
        "Hva betyr det at langtidsblodsukkeret er 44?",
    ),
    Topic.MEDICINE: (
        "Jeg blir kvalm av den nye medisinen. Kan jeg ta den om kvelden i stedet?",
        "Apoteket har ikke merket jeg pleier å få. Er det andre like bra?",
    ),
    Topic.NEW_PROBLEM: (
        "Jeg har fått en føflekk som klør litt. Den er brun og rund, cirka fire millimeter.",
        "Det svir når jeg tisser, siden i går. Ikke feber.",
    ),
}
ANSWERS = (
    "Takk for at du beskriver det så godt. Dette pleier å gå over i løpet av en uke eller to. "
    "Ta det med ro, og si fra hvis det blir verre.",
    "Det høres riktig ut å fortsette som nå. Jeg ordner det du trenger i dag.",
    "Ja, det kan du trygt gjøre. Gi det to uker, så ser vi an.",
)
MORE_PLEASE = (
    "Har du hatt feber, og hvor lenge har det vart?",
    "Kan du si litt mer om når på dagen det er verst?",
)
MORE = ("Ingen feber. Det begynte på fredag.", "Mest om kvelden, og når jeg sitter lenge.")
TOO_MUCH = (
    "Dette må jeg se på og kjenne på. Bestill en vanlig time, så tar vi det da.",
    "Her trenger vi en undersøkelse og noen prøver. Bestill time hos meg.",
)
NOT_HERE = ("Dette gjelder noen andre enn deg. De må ta kontakt selv.",)
CARDS = (
    (
        "Dette er mest sannsynlig en vanlig virusinfeksjon.",
        "Hvil, drikk godt, og bruk smertestillende ved behov.",
        "Ta kontakt igjen hvis du får pustevansker eller feber i mer enn fem dager.",
        "Du følger med selv. Ny e-konsultasjon om to uker hvis det ikke er bedre.",
    ),
    (
        "Plagene passer med det du har hatt før.",
        "Bruk medisinen to ganger daglig i fire uker.",
        "Ta kontakt hvis du ikke merker bedring etter to uker.",
        "Legen ser på prøvesvarene og skriver til deg.",
    ),
    (
        "Prøvesvarene er fine for alderen.",
        "Fortsett som før, og hold deg i bevegelse.",
        "Ta ny blodprøve om seks måneder.",
        "Legekontoret minner deg om prøven.",
    ),
)
FOLLOWED_UP = ("Ringt pasienten. Alt bra.", "Prøvesvar sendt i egen melding.")
PRACTICAL = {
    Topic.OPENING_HOURS: ("Holder dere åpent i romjulen?",),
    Topic.INVOICE: ("Jeg har fått to regninger for samme time. Kan dere se på det?",),
    Topic.CERTIFICATE: ("Trenger kopi av legeerklæringen fra i vår til skolen.",),
    Topic.LAB: ("Må jeg faste før blodprøven på torsdag?",),
    Topic.ADDRESS: ("Jeg har flyttet. Må jeg gjøre noe hos dere?",),
    Topic.OTHER: ("Jeg glemte igjen et skjerf på venterommet i går.",),
}
REPLIES = (
    "Hei! Det har vi ordnet nå. Ha en fin dag.",
    "Takk for meldingen. Du trenger ikke gjøre noe mer.",
    "Ja, det stemmer. Bare kom innom skranken.",
)
ANNOUNCED = {
    Topic.INFORMATION: ("Fra mandag har vi nye åpningstider i laboratoriet.",),
    Topic.TEST_RESULT: ("Prøvene dine var fine. Du trenger ikke gjøre noe.",),
    Topic.CALL_IN: ("Det er tid for kontroll av blodtrykket. Bestill time hos sykepleier.",),
    Topic.QUESTION: ("Vi mangler navnet på apoteket du bruker. Kan du svare på det?",),
}
MEDICINES = (
    ("Paralind", "500 mg", "tablett", "1 tablett inntil fire ganger daglig", "N02BE01", "c"),
    ("Blodtrol", "5 mg", "tablett", "1 tablett daglig", "C08CA01", "c"),
    ("Kolesta", "40 mg", "tablett", "1 tablett om kvelden", "C10AA05", "c"),
    ("Metfolin", "850 mg", "tablett", "1 tablett to ganger daglig", "A10BA02", "c"),
    ("Pustelett", "0,1 mg/dose", "inhalasjonspulver", "1–2 ved behov", "R03AC02", "c"),
    ("Syrestopp", "20 mg", "enterokapsel", "1 kapsel daglig", "A02BC01", "c"),
    ("Thyronor", "50 mikrog", "tablett", "1 tablett om morgenen", "H03AA01", "c"),
    ("Allergin", "10 mg", "tablett", "1 tablett daglig", "R06AE07", "c"),
    ("Sovnolett", "7,5 mg", "tablett", "1 tablett om kvelden ved behov", "N05CF01", "b"),
)
