"""Names as varied as a real register: common words, and thousands of rare ones from syllables."""

from random import Random

_MEN = """AGUS AHMAD ANDI ARIF BAMBANG BUDI DEDI DWI EKO FAJAR HADI HENDRA HERU IMAM IRWAN JOKO
MUHAMMAD NUR RUDI SLAMET TEGUH TRI WAHYU YUSUF ABDUL MADE WAYAN KETUT RAHMAT RIZKI TAUFIK UMAR
BAYU DIMAS ILHAM LUKMAN SANDI VINO ALDI BAGUS CANDRA FIRMAN JOHANIS FERDINAND STEVEN HENDRIK MAIKEL
RUDDY ALFIAN DENNY YOPIE FRANGKY ROBBY JEFRY STENLY FERRY RONALD DANIEL MARTHEN USMAN HASAN"""
_WOMEN = """SITI SRI DEWI DIAN ANI NUR RATNA RINA YUNI ENDANG FITRI INDAH IKA KARTIKA LESTARI MAYA
PUTRI RINI SARI TUTI WAHYUNI AISYAH AYU CITRA DESI EKA FATIMAH GITA HESTI INTAN KHADIJAH LARAS MEGA
NIA OKTAVIA TIKA UTAMI VERA WINDA YULIA ZAHRA HALIMAH MARYAM NURUL MEISKE OLGA DEISY NOVITA SARTJE
JEANE VONNY NORTJE SELVIE GRACE DEBBY LINDA FENNY MEYTI STELLA HERLINA AGUSTINA VERONIKA"""
_FAMILIES = """SANTOSO WIJAYA SAPUTRA SETIAWAN KURNIAWAN HIDAYAT NUGROHO SUSANTO PRASETYO WIBOWO
GUNAWAN SIREGAR NASUTION HUTAPEA LUBIS HARAHAP SINAGA RAHMAN HAKIM FIRMANSYAH ANWAR IBRAHIM ISMAIL
PRATAMA KUSUMA HALIM TANJUNG GINTING TARIGAN PURBA DAMANIK HANDAYANI SAFITRI LESTARI ASTUTI UTAMI
RUMENGAN TUMBELAKA KANDOU LUMOWA SONDAKH WOWOR PONTOH MAKALEW GOBEL KAUNANG ROTINSULU LASUT SUPIT
MARAMIS PANGEMANAN KARUNDENG WALANGITAN DOTULONG TUMEWU MANDAGI WAROUW LENGKONG POLII RUNTU TULUNG
WENAS LAPIAN MAMAHIT PELEALU SINGAL WUISAN MOKODOMPIT PAPUTUNGAN MAMONTO DAMOPOLII MANOPPO"""
_MIDDLE = """ADI BUDI CATUR DWI EKA FAJAR GITA HADI INDRA JAYA KUSUMA MULYA NUR OKA PUTRA PUTRI
RIZKI SURYA TIRTA UTAMA WIRA YUDHA ZAKI AKBAR BAKTI CAHYA DHARMA AGUNG BAYU"""
_ONSETS = [*"BCDFGHJKLMNPRSTWYZ", "NG", "NY", "SY", "KH", "TH", "", "", ""]
_VOWELS = "AIUEOAIAU"
_CODAS = ["", "", "", "", "", "", "N", "R", "H", "NG", *"SLMTKD"]
_RARE_WORDS = 9000


class Names:
    """Draws names of one to four words; eight of ten names of a million are distinct."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._men, self._women = _MEN.split(), _WOMEN.split()
        self._families, self._middle = _FAMILIES.split(), _MIDDLE.split()
        self._rare = _rare_words(Random(11))

    def draw(self, sex: str) -> str:
        """Draw one name."""
        first = self._word(self._men if sex == "L" else self._women, 0.75)
        kind = self._dice.random()
        if kind >= 0.93:
            return first
        between = 0 if kind < 0.25 else 1 if kind < 0.75 else 2
        middle = [self._word(self._middle, 0.6) for _ in range(between)]
        return " ".join([first, *middle, self._word(self._families, 0.5)])

    def _word(self, common: list[str], share: float) -> str:
        if self._dice.random() < share:
            return self._dice.choice(common)
        # a few rare words are less rare than the others
        return self._rare[int(len(self._rare) * self._dice.random() ** 2.5)]


def _rare_words(dice: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < _RARE_WORDS:
        count = dice.choice((2, 2, 3, 3, 4))
        word = "".join(
            dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(count)
        )
        if 4 <= len(word) <= 13:
            found[word] = None
    words = list(found)
    dice.shuffle(words)
    return words
