"""Countries as people write them, with the names and telephone numbers usual there.

Number shapes keep to ranges set aside for fiction where a country has one that number plans also call valid.
`#` stands for any digit.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    english: str
    local: str
    calling_code: str
    phone_shapes: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    company_form: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLACES = (
    Place(
        "US",
        "United States",
        "USA",
        "1",
        ("(212) 555-01##", "415-555-01##", "312.555.01##"),
        _words("Ava Marcus Denise Tyrell Grace Wyatt Noelle Curtis Paige Hector"),
        _words("Whitlock Delgado Barnes O'Rourke Castellano Huxley Prescott Yates McAllister Boone"),
        "Inc.",
    ),
    Place(
        "GB",
        "United Kingdom",
        "Great Britain",
        "44",
        ("020 7946 0###", "0161 496 0###"),
        _words("Imogen Alistair Rhys Fiona Callum Beatrix Nigel Poppy Gareth Siobhan"),
        _words("Ashworth Penhaligon Blackwood Llewellyn MacIntyre Thistlewood Ogilvie Harker Smythe-Jones Rowe"),
        "Ltd",
    ),
    Place(
        "DE",
        "Germany",
        "Deutschland",
        "49",
        ("030 23125###", "(069) 90009###", "0171 39200##"),
        _words("Jörg Annegret Lukas Käthe Thorsten Ulrike Sören Marlene Günther Wiebke"),
        _words("Müller Weißgerber Schröder Oberländer Brandt Hölzel Kühn Rademacher Vogt Zöllner"),
        "GmbH",
    ),
    Place(
        "FR",
        "France",
        "La France",
        "33",
        ("01 99 00 ## ##", "04.65.71.##.##"),
        _words("Océane Thibault Maëlle Gaspard Hélène Benoît Anaïs Corentin Sylvie Étienne"),
        _words("Lefèvre Dubois Garnier Châtelain Moreau Beaumont Roussel Delacroix Fournier Picard"),
        "SARL",
    ),
    Place(
        "ES",
        "Spain",
        "España",
        "34",
        ("612 34# ###", "91 123 4# ##"),
        _words("Iñaki Lucía Rocío Joaquín Nerea Álvaro Begoña Martín Inés Pelayo"),
        _words("Núñez Echeverría Ibáñez Cortés Montero Aguilar Peña Salgado Vidal Zubiri"),
        "S.L.",
    ),
    Place(
        "IT",
        "Italy",
        "Italia",
        "39",
        ("347 #######", "02 3456####"),
        _words("Niccolò Chiara Matteo Giada Ludovica Tommaso Elisabetta Renzo Bianca Fabrizio"),
        _words("Bellini Conti D'Angelo Ferraro Galli Lombardi Mancini Pellegrini Santoro Vitale"),
        "S.r.l.",
    ),
    Place(
        "NL",
        "Netherlands",
        "Nederland",
        "31",
        ("06-2#######", "020-555 0###"),
        _words("Sanne Joost Femke Bram Liesbeth Maarten Anouk Gijs Roos Thijs"),
        ("van Dijk", "de Vries", "Bakker", "van den Berg", "Hoekstra", "Kuipers", "Mulder", "Postma", "Smit", "Visser"),
        "B.V.",
    ),
    Place(
        "AT",
        "Austria",
        "Österreich",
        "43",
        ("0664 1234###", "01 58858###"),
        _words("Leopold Resi Hannes Vroni Florian Magdalena Xaver Theresia Valentin Burgi"),
        _words("Gruber Pichler Steinböck Hofstätter Wimmer Auer Leitner Moser Egger Aschenbrenner"),
        "GmbH",
    ),
    Place(
        "CH",
        "Switzerland",
        "Schweiz",
        "41",
        ("079 123 ## ##", "044 668 ## ##"),
        _words("Urs Ladina Reto Seraina Beat Corinne Gian Flurina Luc Mirjam"),
        _words("Zürcher Caduff Bühler Gerber Aebischer Frei Kälin Meier Studer Wyss"),
        "AG",
    ),
    Place(
        "PL",
        "Poland",
        "Polska",
        "48",
        ("601 ### ###", "22 620 ## ##"),
        _words("Łukasz Małgorzata Zbigniew Agnieszka Wojciech Żaneta Bartosz Ewelina Piotr Grażyna"),
        _words("Wiśniewski Dąbrowska Zieliński Kowalczyk Szymański Woźniak Król Pawlak Sikora Baran"),
        "Sp. z o.o.",
    ),
    Place(
        "SE",
        "Sweden",
        "Sverige",
        "46",
        ("070-174 06 ##", "08-465 004 ##"),
        _words("Åsa Göran Ebba Torbjörn Linnea Öyvind Sigrid Hjalmar Maj Rasmus"),
        _words("Åkesson Lindqvist Öberg Sjöström Hallgren Nyström Ekdahl Wallin Bergström Sund"),
        "AB",
    ),
    Place(
        "BR",
        "Brazil",
        "Brasil",
        "55",
        ("(11) 96123-####", "21 3456-####"),
        _words("João Thaís Otávio Luana Caio Débora Renan Beatriz Mauro Yasmin"),
        (
            "da Silva",
            "Gonçalves",
            "dos Santos",
            "Araújo",
            "Teixeira",
            "Magalhães",
            "Brandão",
            "Pires",
            "Lacerda",
            "Nunes",
        ),
        "Ltda.",
    ),
    Place(
        "IN",
        "India",
        "Bharat",
        "91",
        ("98765 #####", "099450 #####"),
        _words("Aarav Priyanka Rohan Lakshmi Vikram Meera Arjun Kavita Sanjay Anjali"),
        _words("Krishnamurthy Patel Chatterjee Iyer Banerjee Nair Deshpande Singh Venkataraman Rao"),
        "Pvt. Ltd.",
    ),
    Place(
        "JP",
        "Japan",
        "日本",
        "81",
        ("090-1234-####", "03-3224-####"),
        ("Haruto", "Yui", "Kenji", "Sakura", "美咲", "健太", "Ren", "Aoi", "Takumi", "Naoko"),
        ("Takahashi", "Watanabe", "田中", "鈴木", "Kobayashi", "Matsumoto", "Ishikawa", "Ogawa", "Hayashi", "Mori"),
        "K.K.",
    ),
    Place(
        "AU",
        "Australia",
        "AUS",
        "61",
        ("0491 570 1##", "(02) 5550 ####", "03 7010 ####"),
        _words("Kylie Lachlan Bronte Darcy Matilda Angus Shayla Brock Indi Jarrah"),
        _words("Kavanagh Fitzgibbon Drummond Papadakis Nguyen Bradshaw Whelan Tran Carmody Stirling"),
        "Pty Ltd",
    ),
)
