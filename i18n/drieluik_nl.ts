<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>Drieluik</name>
    <message>
        <source>Drieluik: review a building design in its surroundings</source>
        <translation>Drieluik: toets een bouwontwerp in zijn omgeving</translation>
    </message>
    <message>
        <source>Variant of the design</source>
        <translation>Variant van het ontwerp</translation>
    </message>
    <message>
        <source>&amp;Variant</source>
        <translation>&amp;Variant</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>Nog geen uitkomst</translation>
    </message>
    <message>
        <source>Drieluik: loading the case</source>
        <translation>Drieluik: zaak laden</translation>
    </message>
    <message>
        <source>Drieluik: review</source>
        <translation>Drieluik: toets</translation>
    </message>
    <message>
        <source>Drieluik: report</source>
        <translation>Drieluik: rapport</translation>
    </message>
    <message>
        <source>Drieluik is still working; wait or cancel.</source>
        <translation>Drieluik is nog bezig; wacht of stop.</translation>
    </message>
    <message>
        <source>This finding has nothing to show on the map.</source>
        <translation>Deze bevinding heeft niets om op de kaart te tonen.</translation>
    </message>
    <message>
        <source>Open the 3D view with menu View, New 3D Map View.</source>
        <translation>Open de 3D-weergave met menu Beeld, Nieuwe 3D-kaartweergave.</translation>
    </message>
    <message>
        <source>Drieluik: packages needed</source>
        <translation>Drieluik: pakketten nodig</translation>
    </message>
    <message>
        <source>Drieluik needs Python packages that this QGIS does not have: {names}. Nothing is installed by itself. Ask your administrator to run this command with the Python of QGIS, and start QGIS again.</source>
        <translation>Drieluik heeft Python-pakketten nodig die in deze QGIS ontbreken: {names}. Er wordt niets vanzelf geïnstalleerd. Vraag de beheerder deze opdracht uit te voeren met de Python van QGIS, en start QGIS opnieuw.</translation>
    </message>
    <message>
        <source>Command to copy</source>
        <translation>Opdracht om te kopiëren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Bevinding</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Toon op de kaart</translation>
    </message>
    <message>
        <source>Show in 3D</source>
        <translation>Toon in 3D</translation>
    </message>
    <message>
        <source>Click a corner of the design.</source>
        <translation>Klik een hoek van het ontwerp.</translation>
    </message>
    <message>
        <source>Click where that corner belongs.</source>
        <translation>Klik waar die hoek hoort.</translation>
    </message>
    <message>
        <source>Click a second corner of the design.</source>
        <translation>Klik een tweede hoek van het ontwerp.</translation>
    </message>
    <message>
        <source>Click where that second corner belongs.</source>
        <translation>Klik waar die tweede hoek hoort.</translation>
    </message>
    <message>
        <source>Placed by two points; each misses its place by {residual} m.</source>
        <translation>Geplaatst met twee punten; elk punt ligt {residual} m van zijn plek.</translation>
    </message>
    <message>
        <source>Review a building design</source>
        <translation>Toets een bouwontwerp</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Toets</translation>
    </message>
    <message>
        <source>Loads the surroundings that a case file names, imports its designs, checks its rules, and writes the record, the layers and the report.</source>
        <translation>Laadt de omgeving die een zaakbestand noemt, leest de ontwerpen, toetst de regels en schrijft het toetsbestand, de lagen en het rapport.</translation>
    </message>
    <message>
        <source>Case file</source>
        <translation>Zaakbestand</translation>
    </message>
    <message>
        <source>Folder for the outputs</source>
        <translation>Map voor de uitkomsten</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Locatie</translation>
    </message>
    <message>
        <source>Case files (*.yaml *.yml)</source>
        <translation>Zaakbestanden (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>RD x</source>
        <translation>RD x</translation>
    </message>
    <message>
        <source>RD y</source>
        <translation>RD y</translation>
    </message>
    <message>
        <source>Use these coordinates</source>
        <translation>Gebruik deze plaats</translation>
    </message>
    <message>
        <source>Point on the map</source>
        <translation>Wijs aan op de kaart</translation>
    </message>
    <message>
        <source>Case &amp;file</source>
        <translation>Zaak&amp;bestand</translation>
    </message>
    <message>
        <source>{n} layers</source>
        <translation>{n} lagen</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>Ontwerp</translation>
    </message>
    <message>
        <source>Design file</source>
        <translation>Ontwerpbestand</translation>
    </message>
    <message>
        <source>Designs (*.ifc *.ifczip *.glb *.gltf *.obj *.stl *.ply *.dae *.dxf *.json *.jsonl *.zip)</source>
        <translation>Ontwerpen (*.ifc *.ifczip *.glb *.gltf *.obj *.stl *.ply *.dae *.dxf *.json *.jsonl *.zip)</translation>
    </message>
    <message>
        <source>&amp;Design file</source>
        <translation>&amp;Ontwerpbestand</translation>
    </message>
    <message>
        <source>Unit of the file</source>
        <translation>Eenheid van het bestand</translation>
    </message>
    <message>
        <source>Up axis of the file</source>
        <translation>As omhoog van het bestand</translation>
    </message>
    <message>
        <source>choose a design</source>
        <translation>kies een ontwerp</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regels</translation>
    </message>
    <message>
        <source>How the plan defines peil</source>
        <translation>Hoe het plan peil omschrijft</translation>
    </message>
    <message>
        <source>Height of the peil</source>
        <translation>Hoogte van het peil</translation>
    </message>
    <message>
        <source>Fix the peil</source>
        <translation>Stel peil vast</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>&amp;Hoogte</translation>
    </message>
    <message>
        <source>no rules yet</source>
        <translation>nog geen regels</translation>
    </message>
    <message>
        <source>peil still to be chosen</source>
        <translation>peil nog te kiezen</translation>
    </message>
    <message>
        <source>{n} rules</source>
        <translation>{n} regels</translation>
    </message>
    <message>
        <source>{instrument}, art. {article}</source>
        <translation>{instrument}, art. {article}</translation>
    </message>
    <message>
        <source>Run the review</source>
        <translation>Toets uitvoeren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Voortgang</translation>
    </message>
    <message>
        <source>working</source>
        <translation>bezig</translation>
    </message>
    <message>
        <source>confirm the place of the design first</source>
        <translation>bevestig eerst de plaats van het ontwerp</translation>
    </message>
    <message>
        <source>ready to run</source>
        <translation>klaar om te toetsen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultaat</translation>
    </message>
    <message>
        <source>Findings by verdict</source>
        <translation>Bevindingen per oordeel</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Folder for the report</source>
        <translation>Map voor het rapport</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Taal van het rapport</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>Rapport schrijven</translation>
    </message>
    <message>
        <source>Open the PDF</source>
        <translation>PDF openen</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Map</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Taal</translation>
    </message>
    <message>
        <source>Written to {folder}</source>
        <translation>Geschreven in {folder}</translation>
    </message>
    <message>
        <source>Model origin, RD x</source>
        <translation>Nulpunt van het model, RD x</translation>
    </message>
    <message>
        <source>Model origin, RD y</source>
        <translation>Nulpunt van het model, RD y</translation>
    </message>
    <message>
        <source>Rotation, counter-clockwise</source>
        <translation>Draaiing, tegen de klok in</translation>
    </message>
    <message>
        <source>Height of the model&apos;s zero</source>
        <translation>Hoogte van het nulpunt van het model</translation>
    </message>
    <message>
        <source>Origin &amp;x</source>
        <translation>Nulpunt &amp;x</translation>
    </message>
    <message>
        <source>Origin &amp;y</source>
        <translation>Nulpunt &amp;y</translation>
    </message>
    <message>
        <source>R&amp;otation</source>
        <translation>&amp;Draaiing</translation>
    </message>
    <message>
        <source>&amp;Base</source>
        <translation>&amp;Hoogte</translation>
    </message>
    <message>
        <source>Place at these numbers</source>
        <translation>Plaats op deze getallen</translation>
    </message>
    <message>
        <source>Move on the map</source>
        <translation>Verschuif</translation>
    </message>
    <message>
        <source>Drag the outline; turn it by the round handle; arrow keys move 0.1 m; Shift lets go of snapping.</source>
        <translation>Versleep de omtrek; draai aan de ronde greep; pijltjestoetsen schuiven 0,1 m; Shift laat het vastklikken los.</translation>
    </message>
    <message>
        <source>Two points</source>
        <translation>Twee punten</translation>
    </message>
    <message>
        <source>Click a point of the design and where it belongs, twice.</source>
        <translation>Klik tweemaal een punt van het ontwerp en de plek waar het hoort.</translation>
    </message>
    <message>
        <source>✓ {n} of {total} points of the place are fine</source>
        <translation>✓ {n} van de {total} punten van de plaatsing zijn in orde</translation>
    </message>
    <message>
        <source>Confirm…</source>
        <translation>Bevestig…</translation>
    </message>
    <message>
        <source>Confirm: {item}</source>
        <translation>Bevestig: {item}</translation>
    </message>
    <message>
        <source>Confirm the place</source>
        <translation>Plaats bevestigen</translation>
    </message>
    <message>
        <source>Why is this right?</source>
        <translation>Waarom klopt dit?</translation>
    </message>
    <message>
        <source>Street and number, postcode, or parcel</source>
        <translation>Straat en nummer, postcode of perceel</translation>
    </message>
    <message>
        <source>Address or parcel</source>
        <translation>Adres of perceel</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Suggesties</translation>
    </message>
    <message>
        <source>Nothing found; check the spelling, or point on the map.</source>
        <translation>Niets gevonden; controleer de spelling, of wijs aan op de kaart.</translation>
    </message>
    <message>
        <source>Dutch addresses and parcels (Drieluik)</source>
        <translation>Nederlandse adressen en percelen (Drieluik)</translation>
    </message>
    <message>
        <source>Folder of kept answers</source>
        <translation>Map met bewaarde antwoorden</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Diensten</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Address (empty: the usual one; none: off)</source>
        <translation>Adres (leeg: het gewone; none: uit)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Sleutel</translation>
    </message>
    <message>
        <source>&amp;Kept answers</source>
        <translation>&amp;Bewaarde antwoorden</translation>
    </message>
    <message>
        <source>Key of {name}</source>
        <translation>Sleutel van {name}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Kies…</translation>
    </message>
    <message>
        <source>Key from QGIS&apos;s authentication store</source>
        <translation>Sleutel uit de authenticatie-opslag van QGIS</translation>
    </message>
    <message>
        <source>Card of a place</source>
        <translation>Kaart van een plek</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adres</translation>
    </message>
    <message>
        <source>RD &amp;x, y</source>
        <translation>RD &amp;x, y</translation>
    </message>
    <message>
        <source>Radius of the surroundings</source>
        <translation>Straal van de omgeving</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Use only files and what was fetched before.</source>
        <translation>Gebruik alleen bestanden en wat eerder is opgehaald.</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Werk offline</translation>
    </message>
    <message>
        <source>Load the surroundings</source>
        <translation>Haal de omgeving op</translation>
    </message>
    <message>
        <source>Layers of the surroundings</source>
        <translation>Lagen van de omgeving</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Aantal</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Try this layer again</source>
        <translation>Laag opnieuw</translation>
    </message>
    <message>
        <source>Ask the map</source>
        <translation>Vraag de kaart</translation>
    </message>
    <message>
        <source>Click a building, parcel or zone to see what is known of it.</source>
        <translation>Klik op een gebouw, perceel of bestemming om te zien wat ervan bekend is.</translation>
    </message>
    <message>
        <source>What may be built here?</source>
        <translation>Wat mag hier?</translation>
    </message>
    <message>
        <source>Show the largest body that the drawn plan allows on each parcel, on the map and in 3D.</source>
        <translation>Toon per perceel de grootste bouwmassa die de verbeelding van het plan toelaat, op de kaart en in 3D.</translation>
    </message>
    <message>
        <source>Plans here; tick what governs</source>
        <translation>Plannen hier; vink aan wat geldt</translation>
    </message>
    <message>
        <source>type an address or choose a case file</source>
        <translation>typ een adres of kies een zaakbestand</translation>
    </message>
    <message>
        <source>, {n} failed</source>
        <translation>, {n} mislukt</translation>
    </message>
    <message>
        <source>Drieluik: addresses</source>
        <translation>Drieluik: adressen</translation>
    </message>
    <message>
        <source>Drieluik: address</source>
        <translation>Drieluik: adres</translation>
    </message>
    <message>
        <source>Drieluik: loading the surroundings</source>
        <translation>Drieluik: de omgeving ophalen</translation>
    </message>
    <message>
        <source>Drieluik: loading one layer again</source>
        <translation>Drieluik: een laag opnieuw ophalen</translation>
    </message>
    <message>
        <source>article</source>
        <translation>artikel</translation>
    </message>
    <message>
        <source>Click the points of the line on the map; the right button ends it.</source>
        <translation>Klik de punten van de lijn op de kaart; de rechterknop sluit af.</translation>
    </message>
    <message>
        <source>How this check measures</source>
        <translation>Zo meet deze toets</translation>
    </message>
    <message>
        <source>Parts of the finding</source>
        <translation>Delen van de bevinding</translation>
    </message>
    <message>
        <source>Answer and decide</source>
        <translation>Antwoord en beslis</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwoord</translation>
    </message>
    <message>
        <source>Answer: {question}</source>
        <translation>Antwoord: {question}</translation>
    </message>
    <message>
        <source>Draw on the map</source>
        <translation>Teken op de kaart</translation>
    </message>
    <message>
        <source>Draw on the map: {question}</source>
        <translation>Teken op de kaart: {question}</translation>
    </message>
    <message>
        <source>otherwise…</source>
        <translation>anders…</translation>
    </message>
    <message>
        <source>Rule file</source>
        <translation>Regelbestand</translation>
    </message>
    <message>
        <source>Rule files (*.yaml *.yml)</source>
        <translation>Regelbestanden (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Rule &amp;file</source>
        <translation>Regel&amp;bestand</translation>
    </message>
    <message>
        <source>Measuring profile of a plan</source>
        <translation>Meetprofiel van een plan</translation>
    </message>
    <message>
        <source>Measuring profiles (*.yaml *.yml)</source>
        <translation>Meetprofielen (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Keep what was read…</source>
        <translation>Bewaar wat is gelezen…</translation>
    </message>
    <message>
        <source>Save what was answered about the plan&apos;s text as a measuring profile that colleagues can use.</source>
        <translation>Bewaar wat over de plantekst is beantwoord als meetprofiel dat collega's kunnen gebruiken.</translation>
    </message>
    <message>
        <source>&amp;Measuring profile</source>
        <translation>&amp;Meetprofiel</translation>
    </message>
    <message>
        <source>the rules of the plan itself</source>
        <translation>de regels van het plan zelf</translation>
    </message>
    <message>
        <source>Your verdict</source>
        <translation>Uw oordeel</translation>
    </message>
    <message>
        <source>Reason of your verdict</source>
        <translation>Reden van uw oordeel</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Beslis</translation>
    </message>
    <message>
        <source>Decide otherwise; both verdicts stay in the record and the report.</source>
        <translation>Beslis anders; beide oordelen blijven in het dossier en het rapport staan.</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>Zon</translation>
    </message>
    <message>
        <source>Show &amp;shadows in the map</source>
        <translation>&amp;Schaduw op de kaart tonen</translation>
    </message>
    <message>
        <source>Show shadows in the map</source>
        <translation>Schaduw op de kaart tonen</translation>
    </message>
    <message>
        <source>Usual dates of a sun study</source>
        <translation>Gebruikelijke data van een bezonningsstudie</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tijd</translation>
    </message>
    <message>
        <source>&amp;Usual dates</source>
        <translation>&amp;Gebruikelijke data</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>&amp;Datum</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Tijd</translation>
    </message>
    <message>
        <source>ready to show</source>
        <translation>klaar om te tonen</translation>
    </message>
    <message>
        <source>Point out the main entrance</source>
        <translation>Wijs de hoofdtoegang aan</translation>
    </message>
    <message>
        <source>Sun at a &amp;point on the map</source>
        <translation>Zon op een &amp;punt op de kaart</translation>
    </message>
    <message>
        <source>Sun at a point on the map</source>
        <translation>Zon op een punt op de kaart</translation>
    </message>
    <message>
        <source>Show all findings</source>
        <translation>Alle bevindingen tonen</translation>
    </message>
    <message>
        <source>The map and the 3D view now show one finding alone.</source>
        <translation>De kaart en het 3D-beeld tonen nu één bevinding.</translation>
    </message>
    <message>
        <source>Your name, as it will stand with your answers and decisions in the record and the report:</source>
        <translation>Uw naam, zoals die bij uw antwoorden en besluiten in het dossier en het rapport komt te staan:</translation>
    </message>
    <message>
        <source>Who answers?</source>
        <translation>Wie antwoordt?</translation>
    </message>
    <message>
        <source>Name of the officer</source>
        <translation>Naam van de behandelaar</translation>
    </message>
    <message>
        <source>stands with your answers and decisions</source>
        <translation>staat bij uw antwoorden en besluiten</translation>
    </message>
    <message>
        <source>&amp;Officer</source>
        <translation>&amp;Behandelaar</translation>
    </message>
    <message>
        <source>Change: {answer}</source>
        <translation>Wijzig: {answer}</translation>
    </message>
    <message>
        <source>design {name}</source>
        <translation>ontwerp {name}</translation>
    </message>
    <message>
        <source>art. {article}</source>
        <translation>art. {article}</translation>
    </message>
    <message>
        <source>Article and quote of the plan (needed)</source>
        <translation>Artikel en citaat uit het plan (nodig)</translation>
    </message>
    <message>
        <source>Why (stands in the report)</source>
        <translation>Waarom (staat in het rapport)</translation>
    </message>
    <message>
        <source>do not know (the question stays open)</source>
        <translation>weet ik niet (de vraag blijft open)</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Uw antwoord</translation>
    </message>
    <message>
        <source>Choose an answer first.</source>
        <translation>Kies eerst een antwoord.</translation>
    </message>
    <message>
        <source>Fill in the article that says so.</source>
        <translation>Vul het artikel in dat dit zegt.</translation>
    </message>
    <message>
        <source>Fill in why; it stands in the report.</source>
        <translation>Vul in waarom; dat staat in het rapport.</translation>
    </message>
    <message>
        <source>Draw the line on the map first: click its points; the right button ends it.</source>
        <translation>Teken eerst de lijn op de kaart: klik de punten; de rechterknop sluit af.</translation>
    </message>
    <message>
        <source>Fill in your answer first.</source>
        <translation>Vul eerst uw antwoord in.</translation>
    </message>
    <message>
        <source>Your own verdict</source>
        <translation>Uw eigen oordeel</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>kies…</translation>
    </message>
    <message>
        <source>Reason (needed; stands in the report)</source>
        <translation>Reden (nodig; staat in het rapport)</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>Neem het besluit terug</translation>
    </message>
    <message>
        <source>Fill in the reason.</source>
        <translation>Vul de reden in.</translation>
    </message>
    <message>
        <source>Choose a verdict and fill in the reason.</source>
        <translation>Kies een oordeel en vul de reden in.</translation>
    </message>
    <message>
        <source>Computed: {verdict}.</source>
        <translation>Berekend: {verdict}.</translation>
    </message>
    <message>
        <source>Decide otherwise where, for example, a permit or a power to deviate is used; both verdicts stay in the record and the report.</source>
        <translation>Beslis anders als bijvoorbeeld een vergunning of een bevoegdheid om af te wijken wordt gebruikt; beide oordelen blijven in het dossier en het rapport staan.</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>niet gekozen</translation>
    </message>
    <message>
        <source>Why this peil</source>
        <translation>Waarom dit peil</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Waarom</translation>
    </message>
    <message>
        <source>Levels that peil may be</source>
        <translation>Hoogten die peil kunnen zijn</translation>
    </message>
    <message>
        <source>Peil is fixed at {peil}. Fix another to change it.</source>
        <translation>Peil is vastgesteld op {peil}. Stel een ander peil vast om het te wijzigen.</translation>
    </message>
    <message>
        <source>Peil is still to be chosen: take a proposal, or fill in your own.</source>
        <translation>Peil is nog te kiezen: neem een voorstel over, of vul zelf in.</translation>
    </message>
    <message>
        <source>Choose how peil is defined, and its height.</source>
        <translation>Kies hoe peil is omschreven, en de hoogte.</translation>
    </message>
    <message>
        <source>{side} of the design, {away} m away</source>
        <translation>{side} van het ontwerp, op {away} m</translation>
    </message>
    <message>
        <source>Answers and decisions</source>
        <translation>Antwoorden en besluiten</translation>
    </message>
    <message>
        <source>Another name…</source>
        <translation>Andere naam…</translation>
    </message>
    <message>
        <source>Answer under another name</source>
        <translation>Antwoord onder een andere naam</translation>
    </message>
    <message>
        <source>Officer: {name}</source>
        <translation>Behandelaar: {name}</translation>
    </message>
    <message>
        <source>Your name is asked with your first answer.</source>
        <translation>Uw naam wordt bij uw eerste antwoord gevraagd.</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Wijzig…</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Neem terug</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zet terug</translation>
    </message>
    <message>
        <source>Changed or taken back ({n})</source>
        <translation>Gewijzigd of teruggenomen ({n})</translation>
    </message>
    <message>
        <source>Measured so</source>
        <translation>Uitleg</translation>
    </message>
    <message>
        <source>&amp;Peil is</source>
        <translation>&amp;Peil is</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>volgens bestand</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>&amp;Eenheid</translation>
    </message>
    <message>
        <source>U&amp;p axis</source>
        <translation>As om&amp;hoog</translation>
    </message>
    <message>
        <source>Plan and status</source>
        <translation>Plan en status</translation>
    </message>
    <message>
        <source>Fill in RD x and y first.</source>
        <translation>Vul eerst RD x en y in.</translation>
    </message>
    <message>
        <source>Not reviewed yet: click “Run the review” at step 4.</source>
        <translation>Nog niet getoetst: klik bij stap 4 op “Toets uitvoeren”.</translation>
    </message>
    <message>
        <source>not reviewed yet</source>
        <translation>nog niet getoetst</translation>
    </message>
    <message>
        <source>The report can be written after the review.</source>
        <translation>Het rapport kan na de toets worden geschreven.</translation>
    </message>
    <message>
        <source>needed: a design and its surroundings</source>
        <translation>nodig: een ontwerp en zijn omgeving</translation>
    </message>
    <message>
        <source>Answer on the tab “Answer”.</source>
        <translation>Antwoord op het tabblad “Antwoord”.</translation>
    </message>
    <message>
        <source>Drieluik: this place</source>
        <translation>Drieluik: deze plek</translation>
    </message>
    <message>
        <source>Read in the plan</source>
        <translation>Gelezen in het plan</translation>
    </message>
    <message>
        <source>What you read, and why the design meets it or not</source>
        <translation>Wat u las, en waarom het ontwerp eraan voldoet of niet</translation>
    </message>
    <message>
        <source>What you read, and why the design meets it or not (stands in the report)</source>
        <translation>Wat u las, en waarom het ontwerp eraan voldoet of niet (staat in het rapport)</translation>
    </message>
    <message>
        <source>Read, and the design meets it</source>
        <translation>Gelezen, het ontwerp voldoet eraan</translation>
    </message>
    <message>
        <source>Read, and the design does not meet it</source>
        <translation>Gelezen, het ontwerp voldoet er niet aan</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nu niet</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Wat het is</translation>
    </message>
    <message>
        <source>Parts of the design file and what they are</source>
        <translation>Delen van het ontwerpbestand en wat zij zijn</translation>
    </message>
    <message>
        <source>Heights in m NAP, apart by semicolons: 0,10; 2,95</source>
        <translation>Hoogten in m NAP, met puntkomma's ertussen: 0,10; 2,95</translation>
    </message>
    <message>
        <source>not filled in</source>
        <translation>niet ingevuld</translation>
    </message>
    <message>
        <source>The file is read as variant {name}; the others stay: {variants}.</source>
        <translation>Het bestand wordt gelezen als variant {name}; de andere blijven: {variants}.</translation>
    </message>
    <message>
        <source>location</source>
        <translation>locatie</translation>
    </message>
    <message>
        <source>design</source>
        <translation>ontwerp</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>regels</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Vervang</translation>
    </message>
    <message>
        <source>Keep the case?</source>
        <translation>Zaak bewaren?</translation>
    </message>
    <message>
        <source>Do not keep</source>
        <translation>Niet bewaren</translation>
    </message>
    <message>
        <source>Stay with this case</source>
        <translation>Bij deze zaak blijven</translation>
    </message>
    <message>
        <source>There is a report in this folder already, not of this session.</source>
        <translation>In deze map staat al een rapport, dat niet in deze zitting is geschreven.</translation>
    </message>
    <message>
        <source>Replace the report?</source>
        <translation>Rapport vervangen?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>What the selected part is</source>
        <translation>Wat het gekozen deel is</translation>
    </message>
    <message>
        <source>as proposed</source>
        <translation>zoals voorgesteld</translation>
    </message>
    <message>
        <source>Why (kept with this part)</source>
        <translation>Waarom (wordt bij dit deel bewaard)</translation>
    </message>
    <message>
        <source>Why a part is what you say</source>
        <translation>Waarom een deel is wat u zegt</translation>
    </message>
    <message>
        <source>Fix for what is selected</source>
        <translation>Leg vast voor de keuze</translation>
    </message>
    <message>
        <source>Confirm all proposals</source>
        <translation>Bevestig alle voorstellen</translation>
    </message>
    <message>
        <source>While nobody says what a part is, Drieluik reckons with and without it; a finding asks where that makes a difference.</source>
        <translation>Zolang niemand zegt wat een deel is, rekent Drieluik met én zonder dat deel; waar dat verschil maakt, vraagt een bevinding ernaar.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Deel</translation>
    </message>
    <message>
        <source>What is what: {rows}</source>
        <translation>Wat is wat: {rows}</translation>
    </message>
    <message>
        <source>{n} by proposal only</source>
        <translation>{n} alleen nog voorgesteld</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>{n} gekozen</translation>
    </message>
    <message>
        <source>Select a part (with Ctrl several); it is shown on the map.</source>
        <translation>Kies een deel (met Ctrl meer dan een); het wordt op de kaart getoond.</translation>
    </message>
    <message>
        <source>As proposed by file and shape</source>
        <translation>Zoals bestand en vorm voorstellen</translation>
    </message>
    <message>
        <source>Read the file again</source>
        <translation>Lees het bestand opnieuw</translation>
    </message>
    <message>
        <source>{file} was not read</source>
        <translation>{file} is niet gelezen</translation>
    </message>
    <message>
        <source>still to be read</source>
        <translation>nog te lezen</translation>
    </message>
    <message>
        <source>The design that was read before stays as it is.</source>
        <translation>Het ontwerp dat eerder is gelezen, blijft zoals het was.</translation>
    </message>
    <message>
        <source>still needed: {what}</source>
        <translation>nog nodig: {what}</translation>
    </message>
    <message>
        <source>Double-click a part to say what you read there.</source>
        <translation>Dubbelklik op een onderdeel om te zeggen wat u daar las.</translation>
    </message>
    <message>
        <source>Confirm the place of the design first (step 2); then it is reviewed.</source>
        <translation>Bevestig eerst de plaats van het ontwerp (stap 2); daarna wordt getoetst.</translation>
    </message>
    <message>
        <source>Drieluik: what the question gives</source>
        <translation>Drieluik: wat de vraag oplevert</translation>
    </message>
    <message>
        <source>Its question changes nothing now, so it is not asked; the answer stays. You can take it back in the list.</source>
        <translation>De vraag verandert nu niets en wordt dus niet gesteld; het antwoord blijft staan. U kunt het in de lijst terugnemen.</translation>
    </message>
    <message>
        <source>Click the place on the map.</source>
        <translation>Klik de plaats op de kaart.</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Laat zoals het is</translation>
    </message>
    <message>
        <source>Your answer holds until you give another: {answer}</source>
        <translation>Uw antwoord blijft gelden tot u een ander geeft: {answer}</translation>
    </message>
    <message>
        <source>Say what each part of the file is: open the list at step 2</source>
        <translation>Zeg per deel van het bestand wat het is: open de lijst bij stap 2</translation>
    </message>
    <message>
        <source>Point on the map: {question}</source>
        <translation>Wijs aan op de kaart: {question}</translation>
    </message>
    <message>
        <source>Fill in x and y in RD, or click the place on the map.</source>
        <translation>Vul x en y in RD in, of klik de plaats op de kaart.</translation>
    </message>
    <message>
        <source>Being reviewed; below stands the result of before.</source>
        <translation>Wordt opnieuw getoetst; hieronder staat de uitkomst van daarvoor.</translation>
    </message>
    <message>
        <source>Begin at step 1: type an address, open a case file, or point at the map.</source>
        <translation>Begin bij stap 1: typ een adres, open een zaakbestand, of wijs een plek aan op de kaart.</translation>
    </message>
    <message>
        <source>Not loaded: {layers}.</source>
        <translation>Niet geladen: {layers}.</translation>
    </message>
    <message>
        <source>What you can do: add what is missing, or read what the plan says of it and give your own verdict on the tab “Answer”.</source>
        <translation>Wat u kunt doen: vul aan wat ontbreekt, of lees wat het plan erover zegt en geef uw eigen oordeel op het tabblad “Antwoord”.</translation>
    </message>
    <message>
        <source>to be written</source>
        <translation>nog te schrijven</translation>
    </message>
    <message>
        <source>after the review</source>
        <translation>na de toets</translation>
    </message>
    <message>
        <source>Grey: shadow of what is there; orange: what the design adds; blue: the design. The sun of {year}; years hardly differ.</source>
        <translation>Grijs: schaduw van wat er staat; oranje: wat het ontwerp toevoegt; blauw: het ontwerp. De zon van {year}; jaren verschillen nauwelijks.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Back to the former place</source>
        <translation>Terug naar de vorige plaats</translation>
    </message>
    <message>
        <source>These numbers hold only after “{button}”.</source>
        <translation>Deze getallen gelden pas na “{button}”.</translation>
    </message>
    <message>
        <source>The layers of Drieluik went with the former project. The case is still here: run the review to see them again.</source>
        <translation>De lagen van Drieluik zijn met het vorige project gesloten. De zaak is er nog: toets opnieuw om ze weer te zien.</translation>
    </message>
    <message>
        <source>Ticked in the list of plans: {plans}</source>
        <translation>Aangevinkt in de lijst van plannen: {plans}</translation>
    </message>
    <message>
        <source>No plan is ticked in the list of plans</source>
        <translation>In de lijst van plannen is geen plan aangevinkt</translation>
    </message>
    <message>
        <source>, no plan is ticked</source>
        <translation>, geen plan aangevinkt</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 regel</translation>
    </message>
    <message>
        <source>open the text</source>
        <translation>open de tekst</translation>
    </message>
    <message>
        <source>Or choose a case file, or point at the map.</source>
        <translation>Of kies een zaakbestand, of wijs een plek aan op de kaart.</translation>
    </message>
    <message>
        <source>&amp;Cases in</source>
        <translation>&amp;Zaken in</translation>
    </message>
    <message>
        <source>&amp;Function</source>
        <translation>F&amp;unctie</translation>
    </message>
    <message>
        <source>&amp;In folder</source>
        <translation>&amp;In map</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>&amp;Nummer</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Another place</source>
        <translation>Andere plaats</translation>
    </message>
    <message>
        <source>Another place is another case. The case {name} stays as it is when you begin a new one.</source>
        <translation>Een andere plaats is een andere zaak. De zaak {name} blijft zoals zij is als u een nieuwe begint.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>Zaaknummer</translation>
    </message>
    <message>
        <source>Drieluik: keeping the case</source>
        <translation>Drieluik: zaak bewaren</translation>
    </message>
    <message>
        <source>Drieluik: new case</source>
        <translation>Drieluik: nieuwe zaak</translation>
    </message>
    <message>
        <source>Drieluik: opening the case</source>
        <translation>Drieluik: zaak openen</translation>
    </message>
    <message>
        <source>Drieluik: saving as another case</source>
        <translation>Drieluik: opslaan als andere zaak</translation>
    </message>
    <message>
        <source>Folder in which new cases begin</source>
        <translation>Map waarin nieuwe zaken beginnen</translation>
    </message>
    <message>
        <source>Folder in which the case gets a folder of its own</source>
        <translation>Map waarin de zaak een eigen map krijgt</translation>
    </message>
    <message>
        <source>Function of the officer</source>
        <translation>Functie van de behandelaar</translation>
    </message>
    <message>
        <source>Leave it empty: the report becomes the next review in the folder of the case.</source>
        <translation>Laat dit leeg: het rapport wordt de volgende beoordeling in de map van de zaak.</translation>
    </message>
    <message>
        <source>Move this case</source>
        <translation>Deze zaak verplaatsen</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nieuwe zaak</translation>
    </message>
    <message>
        <source>New case here</source>
        <translation>Nieuwe zaak hier</translation>
    </message>
    <message>
        <source>New case, open, recent, save as</source>
        <translation>Nieuwe zaak, openen, recent, opslaan als</translation>
    </message>
    <message>
        <source>New case…</source>
        <translation>Nieuwe zaak…</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>Zaak openen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Openen…</translation>
    </message>
    <message>
        <source>QGIS ended unexpectedly. Go on with {case}</source>
        <translation>QGIS is onverwacht gestopt. Verder met {case}</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recent</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>Opnieuw doen wat ongedaan is gemaakt</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Opslaan</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Opslaan als</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Opslaan als…</translation>
    </message>
    <message>
        <source>The case gets the folder {folder}.</source>
        <translation>De zaak krijgt de map {folder}.</translation>
    </message>
    <message>
        <source>The last changes of this case could not be kept. They are lost when another case is opened.</source>
        <translation>De laatste wijzigingen van deze zaak konden niet worden bewaard. Ze gaan verloren als een andere zaak wordt geopend.</translation>
    </message>
    <message>
        <source>Title of the case</source>
        <translation>Titel van de zaak</translation>
    </message>
    <message>
        <source>Type a number or a title, and choose a folder.</source>
        <translation>Typ een nummer of een titel, en kies een map.</translation>
    </message>
    <message>
        <source>Undo the last answer, place or role</source>
        <translation>Laatste antwoord, plaats of rol ongedaan maken</translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>wordt bewaard…</translation>
    </message>
    <message>
        <source>in the folder of the case</source>
        <translation>in de map van de zaak</translation>
    </message>
    <message>
        <source>kept on this computer {time}</source>
        <translation>bewaard op deze computer {time}</translation>
    </message>
    <message>
        <source>kept {time}</source>
        <translation>bewaard {time}</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>niet bewaard</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>alleen lezen</translation>
    </message>
    <message>
        <source>stands behind the name, for instance: permit officer</source>
        <translation>staat achter de naam, bijvoorbeeld: vergunningverlener</translation>
    </message>
    <message>
        <source>Go on with the case</source>
        <translation>Verder met de zaak</translation>
    </message>
    <message>
        <source>Choose a place first (step 1); then the plans there are known.</source>
        <translation>Kies eerst een plek (stap 1); dan zijn de plannen daar bekend.</translation>
    </message>
    <message>
        <source>Text of the plan</source>
        <translation>Tekst van het plan</translation>
    </message>
    <message>
        <source>Folder with the articles of the plan</source>
        <translation>Map met de artikelen van het plan</translation>
    </message>
    <message>
        <source>Paste the articles here; they are kept in a file that you choose.</source>
        <translation>Plak hier de artikelen; ze worden bewaard in een bestand dat u kiest.</translation>
    </message>
    <message>
        <source>Keep the text in</source>
        <translation>Tekst bewaren in</translation>
    </message>
    <message>
        <source>Drieluik: the text of the plan</source>
        <translation>Drieluik: de tekst van het plan</translation>
    </message>
    <message>
        <source>Why (needed to correct or reject)</source>
        <translation>Waarom (nodig om te verbeteren of te verwerpen)</translation>
    </message>
    <message>
        <source>Why it is corrected or rejected</source>
        <translation>Waarom het is verbeterd of verworpen</translation>
    </message>
    <message>
        <source>&amp;Confirm</source>
        <translation>&amp;Bevestigen</translation>
    </message>
    <message>
        <source>Keep the correction</source>
        <translation>Verbetering bewaren</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>Ver&amp;werpen</translation>
    </message>
    <message>
        <source>&amp;Previous</source>
        <translation>V&amp;orige</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>V&amp;olgende</translation>
    </message>
    <message>
        <source>Correct what was read</source>
        <translation>Verbeteren wat is gelezen</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Maat</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grens</translation>
    </message>
    <message>
        <source>A&amp;bout</source>
        <translation>O&amp;ver</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Maat</translation>
    </message>
    <message>
        <source>&amp;Limit</source>
        <translation>&amp;Grens</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>Waar&amp;de</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Tot</translation>
    </message>
    <message>
        <source>Why nothing of it is to be tested (needed)</source>
        <translation>Waarom hier niets aan te toetsen is (nodig)</translation>
    </message>
    <message>
        <source>Confirm all of {article} ({n})</source>
        <translation>Heel {article} bevestigen ({n})</translation>
    </message>
    <message>
        <source>The text of the plan, as it was read</source>
        <translation>De tekst van het plan, zoals die is gelezen</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>How much of the text is decided</source>
        <translation>Over hoeveel van de tekst is besloten</translation>
    </message>
    <message>
        <source>From the plan service</source>
        <translation>Van de plandienst</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Uit een bestand…</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>Uit een map…</translation>
    </message>
    <message>
        <source>Paste…</source>
        <translation>Plakken…</translation>
    </message>
    <message>
        <source>P&amp;lan</source>
        <translation>P&amp;lan</translation>
    </message>
    <message>
        <source>No plan here is known yet: choose the place first (step 1).</source>
        <translation>Hier is nog geen plan bekend: kies eerst de plek (stap 1).</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} van {total}</translation>
    </message>
    <message>
        <source>{n} of {total} decided</source>
        <translation>over {n} van {total} besloten</translation>
    </message>
    <message>
        <source>The text of this plan is not at hand: take it from the plan service, from a file or a folder, or paste it.</source>
        <translation>De tekst van dit plan is niet bij de hand: haal die van de plandienst, uit een bestand of een map, of plak die.</translation>
    </message>
    <message>
        <source>Read and confirm the text of the plan…</source>
        <translation>Tekst van het plan lezen en bevestigen…</translation>
    </message>
    <message>
        <source>The text of the plan beside what was read of it: confirm, correct or reject each part.</source>
        <translation>De tekst van het plan naast wat ervan is gelezen: bevestig, verbeter of verwerp elk onderdeel.</translation>
    </message>
    <message>
        <source>Text of a plan ({kinds})</source>
        <translation>Tekst van een plan ({kinds})</translation>
    </message>
    <message>
        <source>Drieluik: keeping the surroundings</source>
        <translation>Drieluik: omgeving bewaren</translation>
    </message>
    <message>
        <source>Drieluik: comparing with the former version</source>
        <translation>Drieluik: vergelijken met de vorige versie</translation>
    </message>
    <message>
        <source>Take over this case…</source>
        <translation>Deze zaak overnemen…</translation>
    </message>
    <message>
        <source>Take over this case</source>
        <translation>Deze zaak overnemen</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Overnemen</translation>
    </message>
    <message>
        <source>Why do you take it over? The log of the case keeps your reason.</source>
        <translation>Waarom neemt u de zaak over? Uw reden staat daarna in het logboek van de zaak.</translation>
    </message>
    <message>
        <source>Drieluik: looking at the files of the case</source>
        <translation>Drieluik: bestanden van de zaak nakijken</translation>
    </message>
    <message>
        <source>Changes of {case} wait on this computer. Go on with it</source>
        <translation>Wijzigingen van {case} wachten op deze computer. Verder daarmee</translation>
    </message>
    <message>
        <source>Source of this layer</source>
        <translation>Bron van deze laag</translation>
    </message>
    <message>
        <source>Own files…</source>
        <translation>Eigen bestanden…</translation>
    </message>
    <message>
        <source>From the service</source>
        <translation>Van de dienst</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Weglaten</translation>
    </message>
    <message>
        <source>Files of {layer}</source>
        <translation>Bestanden van {layer}</translation>
    </message>
    <message>
        <source>Not read: {layer} stays as it was.</source>
        <translation>Niet gelezen: {layer} blijft zoals die was.</translation>
    </message>
    <message>
        <source>Drieluik: loading one layer from another source</source>
        <translation>Drieluik: een laag uit een andere bron laden</translation>
    </message>
    <message>
        <source>Choose a layer in step 1: try it again, or take it from your own files (Source of this layer).</source>
        <translation>Kies een laag in stap 1: probeer die opnieuw, of neem die uit eigen bestanden (Bron van deze laag).</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 laag</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 lijn</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>{n} lijnen</translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>1 onderdeel</translation>
    </message>
    <message>
        <source>{n} parts</source>
        <translation>{n} onderdelen</translation>
    </message>
    <message>
        <source>{name}: {format}, {parts}, {size} m, base {base} m NAP</source>
        <translation>{name}: {format}, {parts}, {size} m, onderkant {base} m NAP</translation>
    </message>
    <message>
        <source>What is what: all of it is the design ({parts})</source>
        <translation>Wat is wat: alles is ontwerp ({parts})</translation>
    </message>
    <message>
        <source>✓ {n} of {total} points of the place is fine</source>
        <translation>✓ {n} van de {total} punten van de plaatsing is in orde</translation>
    </message>
    <message>
        <source>{file} waits, and is used once the surroundings are loaded (step 1).</source>
        <translation>{file} wacht, en wordt gebruikt zodra de omgeving is opgehaald (stap 1).</translation>
    </message>
    <message>
        <source>{file} waits for the surroundings</source>
        <translation>{file} wacht op de omgeving</translation>
    </message>
    <message>
        <source>surroundings (step 1)</source>
        <translation>omgeving (stap 1)</translation>
    </message>
    <message>
        <source>This place is not in the Netherlands (RD {place}): choose another.</source>
        <translation>Deze plaats ligt niet in Nederland (RD {place}): kies een andere.</translation>
    </message>
    <message>
        <source>The main entrance</source>
        <translation>De hoofdtoegang</translation>
    </message>
    <message>
        <source>Why is the main entrance here? It stands in the report.</source>
        <translation>Waarom is de hoofdtoegang hier? Het staat in het rapport.</translation>
    </message>
    <message>
        <source>, {n} switched off</source>
        <translation>, {n} uitgezet</translation>
    </message>
    <message>
        <source>Switch a rule</source>
        <translation>Een regel aan- of uitzetten</translation>
    </message>
    <message>
        <source>Why does “{rule}” count in this case?</source>
        <translation>Waarom telt “{rule}” in deze zaak?</translation>
    </message>
    <message>
        <source>Why does “{rule}” not count in this case?</source>
        <translation>Waarom telt “{rule}” in deze zaak niet?</translation>
    </message>
    <message>
        <source>It stands in the report.</source>
        <translation>Het staat in het rapport.</translation>
    </message>
    <message>
        <source>Get {layer}: load it again or take your own files at step 1</source>
        <translation>{layer} ophalen: laad die laag opnieuw of neem eigen bestanden, bij stap 1</translation>
    </message>
    <message>
        <source>What you can do: get the layer that is missing; the tab “Answer” leads to it.</source>
        <translation>Wat u kunt doen: haal de laag op die ontbreekt; het tabblad “Antwoord” brengt u daar.</translation>
    </message>
    <message>
        <source>Drieluik: the variants beside each other</source>
        <translation>Drieluik: de varianten naast elkaar</translation>
    </message>
    <message>
        <source>Variants by rule</source>
        <translation>Varianten per regel</translation>
    </message>
    <message>
        <source>Being reviewed, or not yet: below stands what was there before.</source>
        <translation>Wordt getoetst, of nog niet: hieronder staat wat er eerder stond.</translation>
    </message>
    <message>
        <source>There is one design: make a variant at step 2.</source>
        <translation>Er is één ontwerp: maak een variant bij stap 2.</translation>
    </message>
    <message>
        <source>The same in all variants: {rule}</source>
        <translation>In alle varianten gelijk: {rule}</translation>
    </message>
    <message>
        <source>Compare the variants</source>
        <translation>De varianten vergelijken</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Advies</translation>
    </message>
    <message>
        <source>Your advice, for the first page of the report:</source>
        <translation>Uw advies, voor de eerste bladzijde van het rapport:</translation>
    </message>
    <message>
        <source>Write your advice…</source>
        <translation>Uw advies schrijven…</translation>
    </message>
    <message>
        <source>Your own text on the first page of the report, with your name and the date.</source>
        <translation>Uw eigen tekst op de eerste bladzijde van het rapport, met uw naam en de datum.</translation>
    </message>
    <message>
        <source>Template of the advice letter</source>
        <translation>Sjabloon van de adviesbrief</translation>
    </message>
    <message>
        <source>OpenDocument text (*.odt *.ott)</source>
        <translation>OpenDocument-tekst (*.odt *.ott)</translation>
    </message>
    <message>
        <source>empty: a plain letter</source>
        <translation>leeg: een gewone brief</translation>
    </message>
    <message>
        <source>&amp;Letter template</source>
        <translation>S&amp;jabloon brief</translation>
    </message>
    <message>
        <source>Click the corners of the mass; the right button or Enter ends it, Escape stops. Shift lets go of snapping.</source>
        <translation>Klik de hoeken van de massa aan; de rechterknop of Enter sluit af, Escape stopt. Shift laat het vastklikken los.</translation>
    </message>
    <message>
        <source>{others} is made of {name}: remove that first.</source>
        <translation>{others} is gemaakt van {name}: verwijder die eerst.</translation>
    </message>
    <message>
        <source>Moved to the east</source>
        <translation>Verschoven naar het oosten</translation>
    </message>
    <message>
        <source>Moved to the north</source>
        <translation>Verschoven naar het noorden</translation>
    </message>
    <message>
        <source>Laid higher</source>
        <translation>Hoger gelegd</translation>
    </message>
    <message>
        <source>Turned, counter-clockwise</source>
        <translation>Gedraaid, linksom</translation>
    </message>
    <message>
        <source>Height of its storeys</source>
        <translation>Hoogte van de bouwlagen</translation>
    </message>
    <message>
        <source>Mirrored in a line of</source>
        <translation>Gespiegeld in een lijn van</translation>
    </message>
    <message>
        <source>Direction of the line that it is mirrored in</source>
        <translation>Richting van de lijn waarin het is gespiegeld</translation>
    </message>
    <message>
        <source>To the &amp;east</source>
        <translation>Naar het &amp;oosten</translation>
    </message>
    <message>
        <source>To the &amp;north</source>
        <translation>Naar het &amp;noorden</translation>
    </message>
    <message>
        <source>&amp;Higher</source>
        <translation>&amp;Hoger</translation>
    </message>
    <message>
        <source>&amp;Turned</source>
        <translation>Ge&amp;draaid</translation>
    </message>
    <message>
        <source>&amp;Storeys</source>
        <translation>Bou&amp;wlagen</translation>
    </message>
    <message>
        <source>Number of storeys</source>
        <translation>Aantal bouwlagen</translation>
    </message>
    <message>
        <source>by its height</source>
        <translation>naar hoogte</translation>
    </message>
    <message>
        <source>Height of a storey</source>
        <translation>Hoogte van een bouwlaag</translation>
    </message>
    <message>
        <source>Height up to the roof</source>
        <translation>Hoogte tot het dak</translation>
    </message>
    <message>
        <source>Roof</source>
        <translation>Dak</translation>
    </message>
    <message>
        <source>Height of its top</source>
        <translation>Hoogte van de top</translation>
    </message>
    <message>
        <source>Direction of the ridge</source>
        <translation>Richting van de nok</translation>
    </message>
    <message>
        <source>Height of its base</source>
        <translation>Hoogte van de onderkant</translation>
    </message>
    <message>
        <source>Change the outline on the map</source>
        <translation>De omtrek op de kaart wijzigen</translation>
    </message>
    <message>
        <source>Drag a corner; drag a side for a new corner; the right button takes a corner away; Shift lets go of snapping.</source>
        <translation>Sleep een hoek; sleep een zijde voor een nieuwe hoek; de rechterknop haalt een hoek weg; Shift laat het vastklikken los.</translation>
    </message>
    <message>
        <source>Height of a st&amp;orey</source>
        <translation>Hoogte &amp;per bouwlaag</translation>
    </message>
    <message>
        <source>&amp;Up to the roof</source>
        <translation>&amp;Tot het dak</translation>
    </message>
    <message>
        <source>&amp;Roof</source>
        <translation>Da&amp;k</translation>
    </message>
    <message>
        <source>&amp;Top</source>
        <translation>To&amp;p</translation>
    </message>
    <message>
        <source>R&amp;idge</source>
        <translation>N&amp;ok</translation>
    </message>
    <message>
        <source>New variant</source>
        <translation>Nieuwe variant</translation>
    </message>
    <message>
        <source>A variant of the design that is shown, or a mass that you draw on the map.</source>
        <translation>Een variant van het getoonde ontwerp, of een massa die u op de kaart tekent.</translation>
    </message>
    <message>
        <source>Moved on the map</source>
        <translation>Verschoven op de kaart</translation>
    </message>
    <message>
        <source>Turned a quarter</source>
        <translation>Een kwartslag gedraaid</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>Gespiegeld</translation>
    </message>
    <message>
        <source>10 % lower</source>
        <translation>10 % lager</translation>
    </message>
    <message>
        <source>10 % higher</source>
        <translation>10 % hoger</translation>
    </message>
    <message>
        <source>A mass drawn on the map</source>
        <translation>Een massa, op de kaart getekend</translation>
    </message>
    <message>
        <source>Remove this variant</source>
        <translation>Deze variant verwijderen</translation>
    </message>
    <message>
        <source>Make it so</source>
        <translation>Zo maken</translation>
    </message>
    <message>
        <source>{name} is a variant of {of}:</source>
        <translation>{name} is een variant van {of}:</translation>
    </message>
    <message>
        <source>{name} is a mass:</source>
        <translation>{name} is een massa:</translation>
    </message>
    <message>
        <source>U&amp;nderside</source>
        <translation>O&amp;nderkant</translation>
    </message>
    <message>
        <source>Drieluik: making the variant</source>
        <translation>Drieluik: de variant maken</translation>
    </message>
    <message>
        <source>Take this layer from the service, from your own files or layers, or leave it out.</source>
        <translation>Neem deze laag van de dienst, uit eigen bestanden of kaartlagen, of laat haar weg.</translation>
    </message>
    <message>
        <source>Layers of the project…</source>
        <translation>Lagen van het project…</translation>
    </message>
    <message>
        <source>Layers for {layer}</source>
        <translation>Kaartlagen voor {layer}</translation>
    </message>
    <message>
        <source>Layers of the project</source>
        <translation>Lagen van het project</translation>
    </message>
    <message>
        <source>Use these layers</source>
        <translation>Gebruik deze lagen</translation>
    </message>
    <message>
        <source>Tick what to take; what lies around the place is kept with the case.</source>
        <translation>Vink aan wat te nemen is; wat rond de plek ligt wordt bij de zaak bewaard.</translation>
    </message>
    <message>
        <source>The project has no layers to take.</source>
        <translation>Het project heeft geen lagen om te nemen.</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Zaak</translation>
    </message>
    <message>
        <source>not filled in yet</source>
        <translation>nog niet ingevuld</translation>
    </message>
</context>
</TS>
