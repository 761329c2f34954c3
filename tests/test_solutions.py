"""The teacher's solutions: every answer with the words for usual mistakes, computed when asked for."""

import re

from helpers.publish import editions, solutions


def test_the_solutions_name_every_question_its_answer_and_its_mistakes():
    told = solutions.of_lesson("01", editions.read("latest"))
    assert told.startswith("# Solutions of lesson 01, as known on 2026-08-22\n")
    assert re.findall(r"^## (\d+)\. ", told, re.MULTILINE) == [str(number) for number in range(1, 11)]
    answers = re.findall(r"^\*\*(.+?)\.\*\* ", told, re.MULTILINE)
    assert answers[1:] == [
        "killed and wounded", "third party government", "7 December 2024", "cumulative", "russian forces", "5,701",
        "9,767", "24 February 2022", "106,745",
    ]  # fmt: skip
    assert "- killed: That is how such a number is easily retold." in told
    assert told.count("- anything else: ") == 10
    assert "{answer}" not in told


def test_the_command_prints_them_all_or_names_the_lesson_that_is_not_there(capsys):
    assert solutions.main([]) == 0
    assert capsys.readouterr().out.count("# Solutions of lesson") == 1
    assert solutions.main(["99"]) == 1
    assert capsys.readouterr().err == "questions.toml: there is no lesson '99'; allowed are 01\n"
