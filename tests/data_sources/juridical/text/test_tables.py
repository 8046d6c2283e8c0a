"""Tables of plans: each size is that of its own column and row, also where cells are paragraphs of a page, columns are places, or a head has two rows."""

import pytest

from drieluik.data_sources.formats.safe_xml import parse_bytes
from drieluik.data_sources.juridical.stop import written_out
from drieluik.data_sources.juridical.text.reading_text import read_text

HEAD = "Artikel 8 Wonen\n8.2 Bouwregels\n"
PLAIN = HEAD + """bouwwerken | max. goothoogte | max. bouwhoogte | max. oppervlakte |
woningen | 4,2 m | 9,4 m | 155 m² |
pergola's | - | 2,7 m | - |
"""
TABBED = PLAIN.replace(" | ", "\t").replace(" |\n", "\n")
CELLS = "".join(
    f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>\n"
    for row in (("bouwwerken", "max. goothoogte", "max. bouwhoogte", "max. oppervlakte"), ("woningen", "4,2 m", "9,4 m", "155 m²"), ("pergola's", "-", "2,7 m", "-"))
)
PAGE = f"<h2>Artikel 8 Wonen</h2><h3>8.2 Bouwregels</h3><table>{CELLS}</table>"
STOP = f"""<r><Artikel wId="a"><Kop><Nummer>8</Nummer><Opschrift>Wonen</Opschrift></Kop><Inhoud><table><tgroup>{
    CELLS.replace("<tr>", "<row>").replace("</tr>", "</row>").replace("<td><p>", "<entry><Al>").replace("</p></td>", "</Al></entry>")
}</tgroup></table></Inhoud></Artikel></r>"""
SIZES = [("woning", "goothoogte", 4.2), ("woning", "bouwhoogte", 9.4), ("woning", "oppervlakte", 155.0), ("pergola", "bouwhoogte", 2.7)]


def sizes(text):
    return [(one.object, one.quantity, one.value) for one in read_text(text).clauses]


@pytest.mark.parametrize("text", [PLAIN, TABBED, PAGE, written_out(parse_bytes(STOP.encode(), "regels.xml"))], ids=["plain", "tabs", "page", "stop"])
def test_a_size_is_of_its_own_column_and_row(text):
    assert sizes(text) == SIZES


def test_the_quote_of_a_cell_is_its_row():
    first = read_text(PAGE).clauses[1]
    assert PAGE[first.start:first.end] == first.quote
    assert "woningen" in first.quote and "9,4 m" in first.quote and "pergola" not in first.quote


@pytest.mark.parametrize(("column", "cell", "said"), [
    ("minimale dakhelling", "16°", ("dakhelling", ">=", 16.0, "deg")), ("maximale dakhelling", "50°", ("dakhelling", "<=", 50.0, "deg")),
    ("bouwhoogte (m)", "7", ("bouwhoogte", "<=", 7.0, "m")), ("bouwhoogte in cm", "250", ("bouwhoogte", "<=", 2.5, "m")),
    ("max. aantal bouwlagen", "3", ("bouwlagen", "<=", 3.0, "bouwlagen")), ("maximum oppervlakte (m2)", "60", ("oppervlakte", "<=", 60.0, "m2")),
    ("minimale afstand tot de zijdelingse perceelgrens", "2,5 m", ("afstand_zijgrens", ">=", 2.5, "m")), ("bvo", "ten hoogste 400 m2", ("vloeroppervlakte", "<=", 400.0, "m2")),
])
def test_a_column_says_size_limit_and_unit(column, cell, said):
    found = read_text(f"{HEAD}gebouw | aanduiding | {column} |\nhoofdgebouwen | geen | {cell} |\n").clauses
    assert [(one.quantity, one.operator, one.value, one.unit) for one in found] == [said]


def test_a_row_for_a_place_holds_there_only():
    found = read_text(HEAD + "8.2.1 Hoofdgebouwen\nZone | goothoogte | bouwhoogte |\nzone A | 5 m | 9 m |\n'dorpsrand' | 4 m | 8 m |\noverig | 3 m | 6 m |\n").clauses
    assert [(one.value, one.conditions) for one in found if one.quantity == "goothoogte"] == [
        (5.0, ("ter plaatse van 'zone A'",)), (4.0, ("ter plaatse van 'dorpsrand'",)), (3.0, ("overige",))]


def test_columns_for_places_hold_there_only_and_columns_of_things_are_about_them():
    places = read_text(HEAD + "maat | zone A | zone B |\ngoothoogte | 5 m | 4 m |\n").clauses
    assert [(one.quantity, one.value, one.conditions) for one in places] == [
        ("goothoogte", 5.0, ("ter plaatse van 'zone A'",)), ("goothoogte", 4.0, ("ter plaatse van 'zone B'",))]
    assert sizes(HEAD + "maat | hoofdgebouw | bijgebouw |\ngoothoogte | 6 m | 3 m |\n") == [("hoofdgebouw", "goothoogte", 6.0), ("bijgebouw", "goothoogte", 3.0)]


def test_a_head_of_two_rows_is_one():
    assert sizes(HEAD + "bouwwerk | maximale | |\n| goothoogte | bouwhoogte |\nsilo's | 4 m | 9 m |\n") == [("silo", "goothoogte", 4.0), ("silo", "bouwhoogte", 9.0)]


def test_a_row_that_has_lost_its_columns_is_not_read():
    found = read_text(HEAD + "bouwwerk | goothoogte | bouwhoogte |\nsilo's | 9 m |\n")
    assert found.clauses == () and [one.text for one in found.unread] == ["9 m"]


def test_a_thing_of_a_table_that_is_no_word_of_ours_is_asked():
    [one] = read_text(HEAD + "bouwwerk | bouwhoogte |\nbijenstallen | 3 m |\n").clauses
    assert one.conditions == ("indien het gaat om bijenstallen",)


def test_an_item_behind_a_table_is_no_item_of_the_one_that_leads_to_it():
    found = read_text("3.2 Gebouwen\na. de hoogten zijn:\nzone | bouwhoogte |\nzone A | 5 m |\nb. de breedte van silo's is ten hoogste 4 m.\n").clauses
    assert [(one.article, one.value) for one in found] == [("3.2 a", 5.0), ("3.2 b", 4.0)]


def test_a_list_that_a_page_lays_out_as_rows_stays_a_list():
    page = "<h3>9.2 Silo's</h3><table><tr><td><p>a.</p></td><td><p>de bouwhoogte is ten hoogste 9 m;</p></td></tr><tr><td><p>b.</p></td><td><p>de breedte is ten minste 4 m.</p></td></tr></table>"
    assert [(one.article, one.quantity, one.operator) for one in read_text(page).clauses] == [("9.2 a", "bouwhoogte", "<="), ("9.2 b", "breedte", ">=")]


@pytest.mark.parametrize("edge", ["| ", ""])
def test_a_first_cell_that_gives_a_range_is_the_case_of_its_row(edge):
    rows = ["erf | oppervlakte bijgebouwen", "tot 250 m2 | 25 m2", "250 m2 tot 500 m2 | 40 m2", "500 m2 of meer | 55 m2"]
    found = read_text("Artikel 5 Wonen\n5.2 Bouwregels\nVoor bijgebouwen geldt:\n" + "\n".join(f"{edge}{row} |" for row in rows)).clauses
    assert [(one.quantity, one.value) for one in found] == [("oppervlakte", 25.0), ("oppervlakte", 40.0), ("oppervlakte", 55.0)]
    assert ["indien erf tot 250 m2" in found[0].conditions, "indien erf 250 m2 tot 500 m2" in found[1].conditions, "indien erf 500 m2 of meer" in found[2].conditions] == [True] * 3
