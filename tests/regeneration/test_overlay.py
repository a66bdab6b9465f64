"""What the strict Overlay applier does with each kind of action, and what it refuses."""

from __future__ import annotations

import copy
import datetime
import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents import DocumentError
from scripts.overlay import Overlay, apply, load_overlay, load_overlays

JSON = Any

PETS = {
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets": {"get": {"tags": ["default"]}, "post": {"tags": ["default"]}},
        "/pets/{id}": {"get": {"tags": ["default"], "deprecated": True}},
    },
    "sizes": [1, 2, 3, 4, 5],
}


def overlay(*actions: dict[str, Any], name: str = "one.yaml") -> Overlay:
    return Overlay(name, "A patch", actions)


def patched(document: JSON, *actions: dict[str, Any]) -> JSON:
    """The document after actions that all had an effect."""
    result, dead = apply(document, [overlay(*actions)])
    assert not dead
    return result


def why_dead(document: JSON, action: dict[str, Any]) -> str:
    """Why one action had no effect."""
    result, dead = apply(document, [overlay(action)])
    assert result == document
    (only,) = dead
    return only.why


class TestUpdate:
    def test_objects_merge_and_what_is_not_named_stays(self) -> None:
        result = patched(PETS, {"target": "$.info", "update": {"version": "2", "license": None}})
        assert result["info"] == {"title": "Pets", "version": "2", "license": None}

    def test_objects_merge_all_the_way_down(self) -> None:
        update = {"/pets": {"get": {"operationId": "listPets"}}}
        result = patched(PETS, {"target": "$.paths", "update": update})
        assert result["paths"]["/pets"]["get"] == {"tags": ["default"], "operationId": "listPets"}
        assert result["paths"]["/pets"]["post"] == {"tags": ["default"]}

    def test_the_root_can_be_updated(self) -> None:
        assert patched(PETS, {"target": "$", "update": {"security": []}})["security"] == []

    def test_every_match_is_updated(self) -> None:
        result = patched(PETS, {"target": "$.paths.*.get", "update": {"summary": "Read"}})
        assert [path["get"]["summary"] for path in result["paths"].values()] == ["Read", "Read"]

    def test_matches_do_not_share_the_update(self) -> None:
        first = {"target": "$.paths.*.get", "update": {"x": {"n": 1}}}
        second = {"target": "$.paths['/pets'].get.x", "update": {"n": 2}}
        result = patched(PETS, first, second)
        assert result["paths"]["/pets/{id}"]["get"]["x"] == {"n": 1}

    def test_a_filter_chooses_by_content(self) -> None:
        action = {"target": "$.paths.*[?@.deprecated == true]", "update": {"summary": "Old"}}
        result = patched(PETS, action)
        assert result["paths"]["/pets/{id}"]["get"]["summary"] == "Old"
        assert "summary" not in result["paths"]["/pets"]["get"]

    @pytest.mark.parametrize("update", ["text", 7, None, True, ["list"]])
    def test_anything_else_replaces_an_object_or_a_scalar(self, update: JSON) -> None:
        assert patched(PETS, {"target": "$.info", "update": update})["info"] == update
        assert (
            patched(PETS, {"target": "$.info.title", "update": update})["info"]["title"] == update
        )

    def test_a_match_inside_another_match_is_no_obstacle(self) -> None:
        document = {"x": {"x": {"x": 1}}}
        assert patched(document, {"target": "$..x", "update": "flat"}) == {"x": "flat"}


class TestLists:
    def test_an_item_is_appended(self) -> None:
        result = patched(PETS, {"target": "$.paths['/pets'].get.tags", "update": "pets"})
        assert result["paths"]["/pets"]["get"]["tags"] == ["default", "pets"]

    def test_a_list_is_concatenated(self) -> None:
        assert patched(PETS, {"target": "$.sizes", "update": [6, 7]})["sizes"] == [*range(1, 8)]

    def test_lists_within_an_update_are_concatenated_too(self) -> None:
        result = patched(PETS, {"target": "$", "update": {"sizes": [6]}})
        assert result["sizes"] == [*range(1, 7)]

    def test_an_item_is_replaced_by_its_index(self) -> None:
        assert patched(PETS, {"target": "$.sizes[1]", "update": 20})["sizes"] == [1, 20, 3, 4, 5]


class TestRemove:
    def test_a_key_goes(self) -> None:
        result = patched(PETS, {"target": "$.paths['/pets'].post", "remove": True})
        assert list(result["paths"]["/pets"]) == ["get"]

    def test_an_item_goes_and_the_rest_moves_up(self) -> None:
        assert patched(PETS, {"target": "$.sizes[0]", "remove": True})["sizes"] == [2, 3, 4, 5]

    @pytest.mark.parametrize(
        ("target", "left"),
        [
            ("$.sizes[0,1]", [3, 4, 5]),
            ("$.sizes[3,0]", [2, 3, 5]),  # in any order
            ("$.sizes[::-2]", [2, 4]),
            ("$.sizes[1,1,1]", [1, 3, 4, 5]),  # named more than once, removed once
            ("$.sizes[?@ > 2]", [1, 2]),
            ("$.sizes[*]", []),
        ],
    )
    def test_several_items_go_and_only_those(self, target: str, left: list[int]) -> None:
        assert patched(PETS, {"target": target, "remove": True})["sizes"] == left

    def test_a_match_inside_another_match_goes_with_it(self) -> None:
        document = {"x": {"x": {"y": 1}}, "y": 2}
        assert patched(document, {"target": "$..x", "remove": True}) == {"y": 2}

    @given(
        items=st.lists(st.integers(), min_size=1, max_size=8),
        data=st.data(),
    )
    def test_removing_by_index_is_filtering_by_index(self, items: list[int], data: Any) -> None:
        chosen = data.draw(st.lists(st.integers(0, len(items) - 1), min_size=1, max_size=5))
        target = f"$[{','.join(map(str, chosen))}]"
        left = [item for index, item in enumerate(items) if index not in chosen]
        assert patched(items, {"target": target, "remove": True}) == left


class TestCopy:
    def test_a_node_is_merged_into_another(self) -> None:
        action = {"target": "$.paths['/pets'].post", "copy": "$.paths['/pets/{id}'].get"}
        assert patched(PETS, action)["paths"]["/pets"]["post"] == {
            "tags": ["default", "default"],
            "deprecated": True,
        }

    def test_the_copy_is_one_of_its_own(self) -> None:
        copying = {"target": "$.info", "copy": "$.paths['/pets']"}
        changing = {"target": "$.paths['/pets'].get", "update": {"summary": "Read"}}
        assert patched(PETS, copying, changing)["info"]["get"] == {"tags": ["default"]}

    def test_a_node_can_be_copied_over_what_holds_it(self) -> None:
        document = {"a": {"b": {"c": [1]}}}
        result = patched(document, {"target": "$..a", "copy": "$.a.b"})
        assert result == {"a": {"b": {"c": [1]}, "c": [1]}}

    def test_the_source_is_what_it_was_before_the_action(self) -> None:
        document = {"from": {"n": [1]}, "to": {"n": [2]}}
        result = patched(document, {"target": "$.*", "copy": "$.from"})
        assert result == {"from": {"n": [1, 1]}, "to": {"n": [2, 1]}}

    @pytest.mark.parametrize(("source", "count"), [("$.paths.*", 2), ("$.nowhere", 0)])
    def test_the_source_is_exactly_one_node(self, source: str, count: int) -> None:
        why = why_dead(PETS, {"target": "$.info", "copy": source})
        assert why == f"copy must select exactly one node, not {count}"

    @pytest.mark.parametrize("source", ["paths.get", "$["])
    def test_the_source_is_a_jsonpath(self, source: str) -> None:
        why = why_dead(PETS, {"target": "$.info", "copy": source})
        assert why.startswith("copy is no JSONPath")


class TestDeadActions:
    def test_a_target_that_matches_nothing(self) -> None:
        action = {"target": "$.paths['/cats']", "update": {"x": 1}}
        assert why_dead(PETS, action) == "the target matches nothing"
        assert why_dead(PETS, {"target": "$.gone", "remove": True}) == "the target matches nothing"

    @pytest.mark.parametrize(
        ("target", "update"),
        [
            ("$.info", {"title": "Pets"}),
            ("$.info", {}),
            ("$.info.title", "Pets"),
            ("$.sizes", []),
            ("$.paths.*.get", {"tags": []}),
        ],
    )
    def test_an_update_that_is_there_already(self, target: str, update: JSON) -> None:
        why = why_dead(PETS, {"target": target, "update": update})
        assert why == "the update changes nothing: upstream already has it"

    @pytest.mark.parametrize(("was", "becomes"), [(True, 1), (1, True), (0, False), (1, 1.0)])
    def test_values_that_python_calls_equal_are_different(self, was: JSON, becomes: JSON) -> None:
        result = patched({"x": was}, {"target": "$.x", "update": becomes})
        assert type(result["x"]) is type(becomes)

    def test_one_match_that_changes_is_enough(self) -> None:
        patched(PETS, {"target": "$.paths.*.get", "update": {"deprecated": True}})

    @pytest.mark.parametrize("target", ["", "paths", "$.paths[", "$.paths[?@.x ===1]", "/paths"])
    def test_a_target_that_is_no_jsonpath(self, target: str) -> None:
        why = why_dead(PETS, {"target": target, "update": {"x": 1}})
        assert why.startswith("the target is no JSONPath")

    def test_an_action_that_would_leave_no_document(self) -> None:
        assert why_dead(PETS, {"target": "$", "remove": True}) == "the root cannot be removed"
        why = why_dead(PETS, {"target": "$", "update": "flat"})
        assert why == "the root can only be merged with an object"

    @pytest.mark.parametrize(
        ("target", "part"),
        [
            ("$.paths['/pets','/cats'].get", "['/cats']"),
            ("$.paths['/pets']['get','put','post']", "['put']"),
            ("$.sizes[0,9]", "[9]"),
            ("$.paths.*['get',?@.x]", "[?@['x']]"),
        ],
    )
    def test_a_target_that_matches_only_in_part(self, target: str, part: str) -> None:
        for verb in ({"update": {"x": 1}}, {"remove": True}):
            _, dead = apply(PETS, [overlay({"target": target, **verb})])
            assert [d.why for d in dead] == [f"{part} matches nothing"]

    def test_an_update_that_is_there_already_in_part(self) -> None:
        target = "$.paths['/pets','/pets/{id}'].get"
        _, dead = apply(PETS, [overlay({"target": target, "update": {"deprecated": True}})])
        why = "the update changes nothing: upstream already has it"
        assert [d.why for d in dead] == [f"at ['/pets/{{id}}'] {why}"]

    def test_the_report_names_file_action_and_target(self) -> None:
        alive = {"target": "$.info", "update": {"version": "2"}}
        dead = {"target": "$.gone", "remove": True}
        _, found = apply(PETS, [overlay(alive, dead, name="0010-tags.yaml")])
        assert [str(d) for d in found] == [
            "0010-tags.yaml: action 2: $.gone: the target matches nothing"
        ]

    def test_the_others_are_applied_all_the_same(self) -> None:
        dead = {"target": "$.gone", "remove": True}
        alive = {"target": "$.info.title", "update": "Dogs"}
        result, found = apply(PETS, [overlay(dead, alive, dead)])
        assert result["info"]["title"] == "Dogs"
        assert [d.index for d in found] == [0, 2]


class TestOrder:
    def test_actions_see_what_those_before_them_did(self) -> None:
        result = patched(
            PETS,
            {"target": "$.info", "update": {"contact": {"name": "A"}}},
            {"target": "$.info.contact.name", "update": "B"},
        )
        assert result["info"]["contact"] == {"name": "B"}

    def test_files_apply_in_the_order_of_their_names(self, tmp_path: Path) -> None:
        for name, title in [("0020-b.yaml", "B"), ("0010-a.yaml", "A"), ("0030-c.yaml", "C")]:
            write(tmp_path / name, {"target": "$.info", "update": {"title": title}})
        overlays = load_overlays(tmp_path)
        assert [o.name for o in overlays] == ["0010-a.yaml", "0020-b.yaml", "0030-c.yaml"]
        assert apply(PETS, overlays)[0]["info"]["title"] == "C"

    def test_the_document_given_is_not_changed(self) -> None:
        before = copy.deepcopy(PETS)
        patched(
            PETS,
            {"target": "$.info", "update": {"version": "2"}},
            {"target": "$.sizes", "update": [6]},
            {"target": "$.paths['/pets']", "remove": True},
        )
        assert before == PETS

    def test_the_overlay_is_not_changed(self) -> None:
        update = {"extra": {"list": [1]}}
        first = {"target": "$.info", "update": update}
        patched(PETS, first, {"target": "$.info.extra.list", "update": 2})
        assert update == {"extra": {"list": [1]}}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
objects = st.dictionaries(st.text(), json_values, max_size=4)


def same(left: JSON, right: JSON) -> bool:
    """Equal as JSON: True is not 1."""
    return repr(left) == repr(right)


class TestLaws:
    """What holds for any document and any update."""

    @given(document=objects, update=objects)
    def test_an_update_is_dead_exactly_when_the_result_is_the_document(
        self, document: JSON, update: JSON
    ) -> None:
        result, dead = apply(document, [overlay({"target": "$", "update": update})])
        assert bool(dead) == same(result, document)

    @given(document=objects, key=st.text(), value=json_values)
    def test_what_was_updated_is_there(self, document: JSON, key: str, value: JSON) -> None:
        document.pop(key, None)
        result, _ = apply(document, [overlay({"target": "$", "update": {key: value}})])
        assert same(result, {**document, key: value})

    @given(document=objects.filter(bool), data=st.data())
    def test_removing_what_was_added_restores_the_document(self, document: JSON, data: Any) -> None:
        key = data.draw(st.text().filter(lambda text: text not in document))
        adding = {"target": "$", "update": {key: 1}}
        added = apply(document, [overlay(adding)])[0]
        removing = {"target": f"$[{quoted(key)}]", "remove": True}
        assert same(patched(added, removing), document)


def quoted(name: str) -> str:
    """A JSONPath name selector's string literal (RFC 9535, section 2.3.1)."""
    escaped = "".join(c if c.isalnum() and c.isascii() else utf16_escape(c) for c in name)
    return f'"{escaped}"'


def utf16_escape(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


NOTES = {"x-reason": "why", "x-evidence": "where", "x-date": "2026-11-21"}
ACTION = {"target": "$.info", "update": {"title": "Dogs"}}


def write(path: Path, *actions: Any, **fields: Any) -> Path:
    """An overlay file; a field given as None is left out."""
    document = {
        "overlay": "1.0.0",
        "info": {"title": "A patch", "version": "1"},
        **NOTES,
        "actions": list(actions),
        **fields,
    }
    kept = {name: value for name, value in document.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")
    return path


class TestFiles:
    """What a patch file must say, so that a reader knows why it is there."""

    def test_yaml_with_notes_for_all_its_actions(self, tmp_path: Path) -> None:
        path = tmp_path / "0010-title.yaml"
        path.write_text(
            dedent("""
            overlay: 1.0.0
            info: {title: Name the dogs, version: 1.0.0}
            x-reason: They are dogs
            x-evidence: https://example.org/pets, read 2026-11-20
            x-date: 2026-11-21
            actions:
              - target: $.info
                description: Give them their name
                update: {title: Dogs}
              - target: $.sizes
                x-reason: There are no cats
                remove: true
            """),
            encoding="utf-8",
        )
        loaded = load_overlay(path)
        assert (loaded.name, loaded.title) == ("0010-title.yaml", "Name the dogs")
        assert [sorted(a.keys() & {"update", "remove"}) for a in loaded.actions] == [
            ["update"],
            ["remove"],
        ]

    def test_notes_may_stand_at_the_action(self, tmp_path: Path) -> None:
        nothing = dict.fromkeys(NOTES)
        load_overlay(write(tmp_path / "a.yaml", {**ACTION, **NOTES}, **nothing))

    @pytest.mark.parametrize("note", sorted(NOTES))
    @pytest.mark.parametrize("blank", [None, "", "   "])
    def test_reason_evidence_and_date_are_required(
        self, tmp_path: Path, note: str, blank: str | None
    ) -> None:
        path = write(tmp_path / "a.yaml", ACTION, **{note: blank})
        with pytest.raises(DocumentError, match=rf"a\.yaml: action 1: {note} is missing"):
            load_overlay(path)

    @pytest.mark.parametrize("date", ["yesterday", "21.11.2026", "2026-13-01", 2026])
    def test_the_date_is_an_iso_date(self, tmp_path: Path, date: Any) -> None:
        path = write(tmp_path / "a.yaml", ACTION, **{"x-date": date})
        with pytest.raises(DocumentError, match="x-date is no ISO date"):
            load_overlay(path)

    @given(date=st.dates())
    def test_any_iso_date_will_do(self, tmp_path_factory: Any, date: datetime.date) -> None:
        path = tmp_path_factory.mktemp("patch") / "a.yaml"
        load_overlay(write(path, ACTION, **{"x-date": date.isoformat()}))

    @pytest.mark.parametrize(
        ("action", "why"),
        [
            ("text", "a target is required"),
            ({"update": {}}, "a target is required"),
            ({"target": 7, "update": {}}, "a target is required"),
            ({"target": "$.x"}, "exactly one of update, copy, remove"),
            ({"target": "$.x", "update": {}, "remove": True}, "exactly one of"),
            ({"target": "$.x", "update": {}, "copy": "$.y"}, "exactly one of"),
            ({"target": "$.x", "copy": 7}, "copy takes a JSONPath"),
            ({"target": "$.x", "remove": False}, "exactly one of"),
            ({"target": "$.x", "remove": "yes"}, "exactly one of"),
            ({"target": "$.x", "updates": {}}, r"unknown fields \['updates'\]"),
            ({"target": "$.x", "update": {}, "Description": ""}, r"unknown fields"),
        ],
    )
    def test_an_action_has_a_target_and_one_verb(
        self, tmp_path: Path, action: Any, why: str
    ) -> None:
        path = write(tmp_path / "a.yaml", ACTION, action)
        with pytest.raises(DocumentError, match=f"action 2: {why}"):
            load_overlay(path)

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"overlay": None}, "not an OpenAPI Overlay 1.x document"),
            ({"overlay": "2.0.0"}, "not an OpenAPI Overlay 1.x document"),
            ({"info": None}, "info.title and at least one action"),
            ({"info": {}}, "info.title and at least one action"),
            ({"info": "A patch"}, "info.title and at least one action"),
            ({"actions": None}, "info.title and at least one action"),
            ({"actions": []}, "info.title and at least one action"),
            ({"actions": {"target": "$"}}, "info.title and at least one action"),
            ({"action": [ACTION]}, r"unknown fields \['action'\]"),
        ],
    )
    def test_a_file_that_is_no_overlay_is_refused(
        self, tmp_path: Path, fields: dict[str, Any], why: str
    ) -> None:
        path = write(tmp_path / "a.yaml", ACTION, **fields)
        with pytest.raises(DocumentError, match=rf"a\.yaml: {why}"):
            load_overlay(path)

    @pytest.mark.parametrize("text", ["[]", "text", "", "<html>", "{", "overlay: 1.0.0\nactions:"])
    def test_nor_is_anything_else(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DocumentError, match=r"a\.yaml"):
            load_overlay(path)
