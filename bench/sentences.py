"""How the people of the generated forum write: sentence patterns with gaps.

`{der}`, `{den}`, `{dem}`, `{mein}`, `{meinen}`, `{meinem}`, `{ein}`, `{einen}` are an article in
nominative, accusative or dative with a noun of the topic; with a 2 behind it is any other noun.
"""

from __future__ import annotations

TITLES = (
    "{noun} {state} – was tun?", "Wie kann ich {meinen} ändern?", "{noun} {when} {state}",
    "Frage zu {meinem}", "Wo finde ich {den}?", "{noun} und {noun2}: Wer ist zuständig?",
    "Warum ist {mein} {state}?", "Fehler {code} bei {dem2}", "{noun} in {place}",
    "Wann kommt {der}?", "Kann ich {den} {where} beantragen?", "{noun} trotz {noun2}",
    "Zu hohe Kosten für {den}: {amount}", "{noun} funktioniert {when} nicht",
    "Hilfe bei {meinem} gesucht", "Neuer Wohnort {place}: was wird aus {meinem}?",
    "Brauche ich für {den} {einen2}?", "{noun}: {where} steht etwas anderes",
)  # fmt: skip
ASKING = (
    "Hallo zusammen, {mein} ist {when} {state}.",
    "{where_} steht, dass {der} {state} ist, aber das kann nicht stimmen.",
    "Ich habe {when} ein Problem mit {meinem}.",
    "Weiß jemand, wie lange {der} normalerweise dauert?",
    "Wir wohnen in {place} und warten {when} auf {den}.",
    "Der Service sagt, ich soll {doing}, das habe ich aber schon versucht.",
    "Es kommt immer die Meldung {code}.",
    "Auf {dem2} steht ein Betrag von {amount}, vorher waren es {amount2}.",
    "Muss ich dafür {einen2} haben, oder reicht {der}?",
    "Mein Nachbar hat {einen2} und bei ihm ist nichts {state}.",
    "Ich habe {where} schon {den2} gesucht, aber nichts gefunden.",
    "Die Kundennummer endet auf {digits}, falls das hilft.",
    "Kann mir jemand sagen, ob man {den} auch {where} bekommt?",
    "Vor dem Wechsel ging {der} ohne Probleme.",
    "Am {date} habe ich {den2} eingereicht und seitdem nichts gehört.",
    "Ehrlich gesagt bin ich ratlos, denn {der2} ist auch {state}.",
    "Gibt es eine Möglichkeit, {den} ohne {noun2} zu bekommen?",
    "Ich bin über jeden Hinweis dankbar.", "Vielen Dank schon einmal!",
    "Hat das sonst noch jemand, oder liegt es an {meinem}?",
)  # fmt: skip
ANSWERING = (
    "Hallo {name}, bei mir war {der} auch {state}.",
    "Du musst {where} auf {den} gehen und dort {doing}.",
    "Ich würde zuerst {doing}.", "Das liegt meistens an {dem2}.",
    "Laut den Bedingungen gilt für {den} eine Frist von {digits2} Tagen.",
    "Bei mir hat geholfen: {doing}, danach {doing2}.",
    "Wenn {der} {state} ist, hilft nur noch {der2}.",
    "Die Meldung {code} heißt, dass {der2} {state} ist.",
    "In {place} war das letzte Woche auch so, inzwischen ist {der} wieder da.",
    "Schau einmal {where}, dort steht {der}.",
    "Ich habe damals {amount} zurückbekommen, nachdem ich {den2} geschickt hatte.",
    "Das hat mit {dem2} nichts zu tun, auch wenn es so aussieht.",
    "Wichtig ist, dass du {den2} aufhebst.", "Der Service hat mir am {date} das Gleiche gesagt.",
    "Ohne {noun2} geht es leider nicht.", "Mit {dem} allein kommst du nicht weiter.",
    "Genau das Problem hatte ich {when}.", "Danach war {mein} nach zwei Stunden wieder in Ordnung.",
    "Hast du schon {den2} geprüft?", "Probier es {where} noch einmal, vorher bitte {doing}.",
    "Für {den} brauchst du {einen2}, sonst wird er abgelehnt.",
    "Melde dich gern, wenn {der} dann immer noch {state} ist.",
)  # fmt: skip
THANKING = (
    "Danke, das war es! {Mein} geht wieder.", "Super, {der} ist jetzt nicht mehr {state}.",
    "Danke {name}, ich probiere das heute Abend aus.", "Das mit {dem2} wusste ich nicht, vielen Dank.",
    "Leider ist {mein} immer noch {state}.", "Gleiches Problem hier in {place}.",
    "Habe jetzt {den2} beantragt und warte auf Antwort.", "Ich melde mich, sobald {der} da ist.",
)  # fmt: skip
STEPS = (
    "{where_} {den} öffnen", "{den2} auswählen", "{doing}", "{digits2} Minuten warten",
    "prüfen, ob {der} noch {state} ist", "{den2} ausdrucken", "die Nummer {digits} bereithalten",
)  # fmt: skip
LOG = (
    "{date} 20:15:{digits2} ERROR {code} timeout",
    "{date} 20:16:{digits2} WARN  retry {digits2}",
    "status={code} value={digits}",
)
