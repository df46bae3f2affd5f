"""The words of the generated forum: four companies' worth of customers' questions, in German.

Nouns carry their gender, so that articles agree; compounds are a first part (with its linking
letters) and a last part, as German makes them: a small list gives thousands of different words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One industry. `heads` are "gender:Noun", the last parts of compounds and nouns by themselves."""

    boards: tuple[str, ...]
    firsts: tuple[str, ...]
    heads: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Every customer talks about these.
COMMON_FIRSTS = _split("""
    Vertrags Kunden Rechnungs Konto Zahlungs Kündigungs Adress Bestell Liefer Service Termin Tarif
    Preis Bonus Daten Sicherheits Anmelde Test Wechsel Umzugs Rückruf Beratungs Antrags Mahn
""")
COMMON_HEADS = _split("""
    f:Nummer m:Vertrag f:Rechnung f:Bestätigung n:Konto f:Adresse m:Wechsel f:Frist f:Gebühr m:Termin
    n:Formular f:Übersicht f:Anfrage f:Unterlage n:Schreiben f:Änderung m:Vorgang f:Abteilung
    f:Meldung f:Auskunft n:Angebot f:Kopie m:Nachweis f:Bearbeitung n:Passwort f:Hotline
""")

THEMES = (
    Theme(
        boards=("Internet und WLAN", "Mobilfunk", "Fernsehen und Streaming"),
        firsts=_split("""
            Router Glasfaser Netz Anschluss Leitungs WLAN Funk Kabel Signal Empfangs Daten Roaming
            Mobilfunk Festnetz Rufnummern Sender Fernseh Streaming Geräte Software Frequenz Haus
            Verstärker Telefon Modem SIM-Karten Bandbreiten Techniker Störungs Sprach
        """),
        heads=_split("""
            m:Router f:Leitung m:Anschluss n:Netz f:Störung f:Karte m:Empfang n:Signal f:Dose
            n:Modem m:Neustart f:Geschwindigkeit f:Verbindung n:Gerät m:Kanal f:Anlage m:Verstärker
            n:Kabel m:Ausfall f:Freischaltung n:Update f:Einstellung f:Box m:Standort f:Abdeckung
        """),
    ),
    Theme(
        boards=("Strom", "Gas und Wärme", "Zähler und Abschlag"),
        firsts=_split("""
            Strom Gas Wärme Zähler Abschlags Verbrauchs Jahres Netz Grundversorgungs Ökostrom
            Heizungs Photovoltaik Einspeise Ablese Verbrauchs Umlage Energie Speicher Wallbox
            Heizstrom Nachtstrom Wärmepumpen Haushalts Brennwert Mess Grund Arbeits Steuer
        """),
        heads=_split("""
            m:Zähler m:Abschlag m:Verbrauch f:Ablesung f:Abrechnung m:Stand f:Anlage m:Tarif
            f:Vergütung n:Gerät f:Nachzahlung n:Guthaben f:Erhöhung f:Pauschale m:Betreiber
            f:Versorgung f:Heizung m:Speicher f:Messung n:Zertifikat f:Garantie m:Ausfall f:Stelle
        """),
    ),
    Theme(
        boards=("Tickets und Abos", "Verspätung und Erstattung", "Reise und Gepäck"),
        firsts=_split("""
            Bahn Zug Fahrkarten Ticket Reise Sitzplatz Abo Verspätungs Anschluss Gepäck Fahrgast
            Gutschein Gleis Nahverkehrs Fernverkehrs Monats Wochen Gruppen Kinder Fahrrad Bahnhofs
            Reservierungs Rückfahr Stornierungs Erstattungs Pendler Nachtzug Verbindungs Umsteige
        """),
        heads=_split("""
            f:Fahrkarte n:Ticket n:Abo f:Reservierung f:Verspätung f:Erstattung m:Anschluss
            m:Gutschein m:Platz f:Verbindung f:Auskunft m:Fahrplan n:Gepäck m:Zug m:Bahnhof
            f:Stornierung f:Entschädigung m:Antrag f:Kontrolle f:Karte n:Gleis f:Strecke m:Ausweis
        """),
    ),
    Theme(
        boards=("Schaden melden", "Kfz-Versicherung", "Beitrag und Leistung"),
        firsts=_split("""
            Schaden Versicherungs Kfz Haftpflicht Hausrat Unfall Leitungswasser Glas Fahrzeug
            Beitrags Leistungs Selbstbehalts Schadenfreiheits Kasko Gutachter Werkstatt Rechtsschutz
            Reiserücktritts Zahnzusatz Lebens Renten Gebäude Diebstahl Sturm Pflege Kranken Police
        """),
        heads=_split("""
            m:Schaden f:Versicherung f:Police m:Beitrag f:Leistung f:Klasse n:Gutachten f:Werkstatt
            m:Schutz f:Meldung f:Deckung f:Erstattung m:Anspruch f:Summe m:Ausweis f:Zusage
            f:Regulierung f:Anpassung m:Bescheid n:Kennzeichen f:Selbstbeteiligung m:Bericht
        """),
    ),
)

STATES = _split("""
    gesperrt verschwunden unvollständig falsch doppelt abgelaufen defekt überfällig unklar offen
    gekündigt storniert langsam instabil unbrauchbar veraltet fehlerhaft leer abgelehnt fällig
    verspätet unlesbar deaktiviert vertauscht blockiert beschädigt ungültig vergessen teurer kürzer
""")
WHEN = (
    "seit gestern", "seit heute früh", "seit drei Tagen", "seit einer Woche", "seit zwei Wochen",
    "seit dem Umzug", "seit dem Wechsel", "seit der letzten Rechnung", "seit Monatsanfang",
    "seit dem letzten Update", "seit Ostern", "seit dem Sommer", "nach jedem Neustart",
    "jeden Abend gegen acht", "immer am Wochenende", "seit fast einem Jahr",
)  # fmt: skip
WHERE = (
    "in der App", "im Kundenportal", "am Telefon", "per E-Mail", "auf der Rechnung", "im Shop",
    "im Kundenkonto", "unter „Meine Verträge“", "auf der Webseite", "im Chat", "in der Filiale",
    "im Schreiben vom letzten Monat", "in den Einstellungen", "auf dem Display", "am Schalter",
)  # fmt: skip
DOING = (
    "neu starten", "abmelden und wieder anmelden", "den Stecker ziehen", "beim Service anrufen",
    "das Formular noch einmal schicken", "zwei Tage warten", "den Browser wechseln",
    "ein Foto davon machen", "die Frist abwarten", "schriftlich widersprechen",
    "den Nachweis hochladen", "die Zugangsdaten neu anfordern", "den alten Vertrag kündigen",
    "eine Kopie verlangen", "den Techniker bestellen", "die App neu installieren",
    "alles auf Werkseinstellungen setzen", "den Stand ablesen", "die Bankverbindung prüfen",
)  # fmt: skip
PLACES = _split("""
    Berlin Hamburg München Köln Leipzig Dresden Bremen Hannover Nürnberg Stuttgart Dortmund Essen
    Kiel Rostock Erfurt Jena Kassel Mainz Freiburg Ulm Augsburg Regensburg Passau Bamberg Fürth
    Göttingen Münster Bielefeld Paderborn Osnabrück Oldenburg Emden Flensburg Lübeck Wismar Schwerin
    Cottbus Görlitz Zwickau Chemnitz Weimar Gera Suhl Fulda Marburg Gießen Hanau Worms Speyer Trier
""")
FIRST_NAMES = _split("""
    Anke Bernd Carla Dieter Elif Frank Greta Hakan Ines Jonas Katrin Lars Mehmet Nina Olaf Petra
    Ralf Sabine Timo Ulla Viktor Wiebke Yasmin Zeynep Armin Beate Cem Dörte Egon Fatma Gerd Heike
    Ivo Jutta Kevin Lena Marek Nadine Oskar Pia
""")
LAST_PARTS = _split("""
    Nord Sued Kabel Funk Licht Berg Tal Wald See Stern Mond Fuchs Dachs Luchs Meise Amsel Linde
    Eiche Ahorn Birke Kiesel Feder Wolke Regen Nebel Kompass Anker Segel Faden Nadel
""")
