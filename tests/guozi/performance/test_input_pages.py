"""Pages of entries: who may open them, faults at their fields, taking back, sending twice."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.guozi.factories import PASSWORD, person, register
from tests.guozi.performance.cases import AT
from tests.guozi.performance.test_entering import EXPERTS, PLAN, YEAR, add, enter, scores
from tests.guozi.performance.test_pages import client_of

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role, ScopeKind
from guozi.access.viewer import Viewer
from guozi.performance import services
from guozi.performance.models import AdjustmentItem, EvaluationRun, PanelScore
from guozi.registry.models import Enterprise
from guozi_core.units import Period

pytestmark = pytest.mark.django_db
OUTSIDE = (Role.REPORTER, Role.SIGNATORY)


def at(name: str, enterprise: Enterprise, *more: int) -> str:
    return reverse(f"performance:{name}", args=[YEAR, enterprise.uscc, *more]) + f"?plan={PLAN}"


def typed_scores(expert: str = "王专家", **changed: str) -> dict[str, str]:
    fields = {f"score-{number}": "82.5" for number in range(1, 9)}
    return {"expert": expert, **fields, **{k.replace("_", "-"): v for k, v in changed.items()}}


def typed_item(**changed: str) -> dict[str, str]:
    typed = {"item": "bonus:效益提升", "points": "2.5", "evidence": "审计报告第3号"}
    return {**typed, "idempotency-key": str(uuid.uuid4()), **changed}


@pytest.fixture
def officer(city: list[Enterprise]) -> Client:
    del city
    return client_of("officer", Role.OFFICER)


def test_an_expert_is_entered_and_shown(officer: Client, city: list[Enterprise]) -> None:
    answer = officer.post(at("enter-panel", city[0]), typed_scores(), follow=True)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "已保存王专家的评分" in text
    assert "82.5000" in text  # the total: eight times 82.5, weights of 100 points
    assert "专家不足 7 名" in text
    listed = officer.get(reverse("performance:inputs"), {"period": YEAR}).content.decode()
    assert "1 / 7" in listed


def test_every_fault_is_told_at_its_field_and_nothing_is_lost(
    officer: Client, city: list[Enterprise]
) -> None:
    answer = officer.post(
        at("enter-panel", city[0]),
        typed_scores(expert="", score_1="101", score_2="八十", score_3="-1", score_4=""),
    )
    text = answer.content.decode()

    assert answer.status_code == 422
    for field in ("expert", "score-1", "score-2", "score-3", "score-4"):
        assert f'id="panel-{field}_error"' in text
    assert 'id="panel-score-5_error"' not in text
    for value in ("101", "八十", "-1", "82.5"):
        assert f'value="{value}"' in text
    with acting_as(the_product("测试")):
        assert not PanelScore.objects.exists()


def test_an_experts_scores_come_back_to_be_changed(officer: Client, city: list[Enterprise]) -> None:
    officer.post(at("enter-panel", city[0]), typed_scores())
    text = officer.get(at("inputs-of", city[0]) + "&expert=王专家").content.decode()

    assert "修改王专家的评分" in text
    assert text.count('value="82.5"') == 8


def test_an_expert_is_taken_off_with_a_reason(officer: Client, city: list[Enterprise]) -> None:
    officer.post(at("enter-panel", city[0]), typed_scores())
    address = at("withdraw-expert", city[0])
    without = officer.post(address, {"expert": "王专家", "reason": "  "}, follow=True)
    answer = officer.post(address, {"expert": "王专家", "reason": "姓名有误"}, follow=True)

    assert "请填写撤销理由" in without.content.decode()
    assert "还没有专家评分" in answer.content.decode()
    assert "姓名有误" in answer.content.decode()


def test_faults_of_an_item_are_told_together(officer: Client, city: list[Enterprise]) -> None:
    answer = officer.post(
        at("add-adjustment", city[0]), typed_item(points="5.5", evidence=" ", item="bonus:效益提升")
    )
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "分值应大于 0 且不超过该项目最高 5 分" in text
    assert 'id="adjustment-evidence_error"' in text
    assert 'value="5.5"' in text
    assert 'value="bonus:效益提升" selected' in text
    unknown = officer.post(at("add-adjustment", city[0]), typed_item(item="bonus:没有的项目"))
    assert 'id="adjustment-item_error"' in unknown.content.decode()
    with acting_as(the_product("测试")):
        assert not AdjustmentItem.objects.exists()


def test_an_item_sent_twice_stands_once(officer: Client, city: list[Enterprise]) -> None:
    typed = typed_item()
    first = officer.post(at("add-adjustment", city[0]), typed, follow=True)
    second = officer.post(at("add-adjustment", city[0]), typed, follow=True)

    assert "已登记，下次评价计算时计入" in first.content.decode()
    assert "这张表单已经提交过，没有重复办理" in second.content.decode()
    with acting_as(the_product("测试")):
        assert AdjustmentItem.objects.count() == 1


def test_an_item_taken_back_is_struck_through_with_the_reason(
    officer: Client, city: list[Enterprise]
) -> None:
    officer.post(at("add-adjustment", city[0]), typed_item())
    with acting_as(the_product("测试")):
        item = AdjustmentItem.objects.get()
    address = at("take-back-adjustment", city[0], item.pk)
    text = officer.post(address, {"reason": "重复登记"}, follow=True).content.decode()
    again = officer.post(address, {"reason": "重复登记"}, follow=True).content.decode()

    assert "<s>审计报告第3号</s>" in text
    assert "重复登记" in text
    assert "该项目已撤销" in again
    # An item is taken back where it belongs only.
    elsewhere = at("take-back-adjustment", city[1], item.pk)
    assert officer.post(elsewhere, {"reason": "重复登记"}).status_code == 404


@pytest.mark.parametrize("role", OUTSIDE)
def test_enterprises_do_not_open_what_was_entered_about_them(
    role: Role, city: list[Enterprise]
) -> None:
    client = client_of("someone", role, enterprise=city[0])

    assert client.get(reverse("performance:inputs")).status_code == 403
    assert client.get(at("inputs-of", city[0])).status_code == 403
    assert client.post(at("enter-panel", city[0]), typed_scores()).status_code == 403
    assert 'href="/evaluations/inputs/"' not in client.get("/evaluations/").content.decode()


def test_who_only_reads_sees_no_form_and_may_not_send_one(city: list[Enterprise]) -> None:
    client = client_of("reader", Role.LEADER)
    text = client.get(at("inputs-of", city[0])).content.decode()

    assert "只读" in text
    assert 'method="post" action="/evaluations' not in text
    for name, typed in (("enter-panel", typed_scores()), ("add-adjustment", typed_item())):
        assert client.post(at(name, city[0]), typed).status_code == 403


def signed_in_with(username: str, role: Role, scope: ScopeKind, *listed: Enterprise) -> Client:
    with acting_as(the_product("测试")):
        person(username, role, scope=scope, listed=listed)
    client = Client()
    client.post(reverse("access:sign-in"), {"username": username, "password": PASSWORD})
    return client


def test_an_officer_of_some_enterprises_enters_for_those_only(city: list[Enterprise]) -> None:
    client = signed_in_with("assigned", Role.OFFICER, ScopeKind.ASSIGNED, city[0])

    assert client.get(at("inputs-of", city[0])).status_code == 200
    assert client.get(at("inputs-of", city[1])).status_code == 404
    assert client.post(at("enter-panel", city[1]), typed_scores()).status_code == 404
    listed = client.get(reverse("performance:inputs")).content.decode()
    assert "甲集团" in listed
    assert "乙集团" not in listed


def test_an_auditor_reads_the_enterprises_of_the_task_only(city: list[Enterprise]) -> None:
    client = signed_in_with("auditor", Role.AUDITOR, ScopeKind.TASK, city[0])

    assert "只读" in client.get(at("inputs-of", city[0])).content.decode()
    assert client.get(at("inputs-of", city[1])).status_code == 404
    assert client.post(at("add-adjustment", city[0]), typed_item()).status_code == 403


def test_an_unknown_enterprise_or_period_is_not_found(
    officer: Client, city: list[Enterprise]
) -> None:
    assert officer.get(f"/evaluations/inputs/{YEAR}/919900000000000000/").status_code == 404
    assert officer.get(f"/evaluations/inputs/2024-13/{city[0].uscc}/").status_code == 404
    wrong = officer.get(reverse("performance:inputs"), {"period": "去年"})
    assert wrong.status_code == 422
    assert 'value="去年"' in wrong.content.decode()


def test_the_list_is_filtered_by_what_is_lacking(
    officer: Client, city: list[Enterprise], maker: Viewer
) -> None:
    with acting_as(maker):
        enter(city[0], maker, scores("甲"))
        enter(city[1], maker, [score for expert in EXPERTS for score in scores(expert)])
        add(city[2], maker)
    address = reverse("performance:inputs")
    found = {
        state: re.findall(
            r">([甲乙丙丁戊]集团)<", officer.get(address, {"state": state}).content.decode()
        )
        for state in ("none", "few", "enough", "adjusted")
    }

    assert found["few"] == ["甲集团"]
    assert found["enough"] == ["乙集团"]
    assert found["adjusted"] == ["丙集团"]
    assert sorted(found["none"]) == sorted(["丙集团", "丁集团", "戊集团"])


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    officer: Client, city: list[Enterprise]
) -> None:
    address = reverse("performance:inputs")
    officer.get(address)
    with CaptureQueriesContext(connection) as few:
        officer.get(address)
    with acting_as(the_product("测试")):
        register(4, first=5)
    with CaptureQueriesContext(connection) as many:
        officer.get(address)

    assert len(many) == len(few)


@pytest.fixture
def evaluated(city: list[Enterprise], maker: Viewer) -> EvaluationRun:
    with acting_as(maker):
        for place, expert in enumerate(EXPERTS):
            enter(city[0], maker, scores(f"专家{expert}", level=str(70 + place)))
        add(city[0], maker)
        return services.run_evaluation(plan=PLAN, period=Period.annual(2024), at=AT)


def test_points_of_a_management_indicator_open_the_experts_behind_them(
    evaluated: EvaluationRun, city: list[Enterprise]
) -> None:
    client = client_of("officer", Role.OFFICER)
    sheet = client.get(reverse("performance:score-sheet", args=[evaluated.pk, city[0].uscc]))
    assert "录入评议与加扣分" in sheet.content.decode()
    address = reverse("performance:management-from", args=[evaluated.pk, city[0].uscc, 1])
    assert address in sheet.content.decode()
    text = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "平均分 = (70+71+72+73+74+75+76)÷7 = 73 分。" in text
    assert "战略管理：7名专家平均 73 分，得分 = 73÷100×18 = 13.14。" in text
    assert "专家庚" in text
    assert "国资经办11" in text
    for number in (0, 9):
        outside = reverse("performance:management-from", args=[evaluated.pk, city[0].uscc, number])
        assert client.get(outside).status_code == 404


def test_an_enterprise_sees_the_scores_but_not_whose_they_are(
    evaluated: EvaluationRun, city: list[Enterprise], publisher: Viewer
) -> None:
    client = client_of("reporter", Role.REPORTER, enterprise=city[0])
    address = reverse("performance:management-from", args=[evaluated.pk, city[0].uscc, 1])
    assert client.get(address).status_code == 404
    with acting_as(publisher):
        services.publish_run(evaluated, viewer=publisher, at=AT)
    text = client.get(address).content.decode()

    assert "第1位专家" in text
    assert not re.search("专家[甲乙丙丁戊己庚]", text)
    sheet = reverse("performance:score-sheet", args=[evaluated.pk, city[0].uscc])
    assert "评议与加扣分</a>" not in client.get(sheet).content.decode()


def test_english_pages_of_entries_are_english_but_for_what_was_typed(
    evaluated: EvaluationRun, city: list[Enterprise]
) -> None:
    client = client_of("officer", Role.OFFICER, language="en")
    sheet = reverse("performance:score-sheet", args=[evaluated.pk, city[0].uscc])
    origin = reverse("performance:management-from", args=[evaluated.pk, city[0].uscc, 2])
    for address in (reverse("performance:inputs"), at("inputs-of", city[0]), sheet, origin):
        text = client.get(address).content.decode().split("<main")[1]
        text = re.sub(r'(?s)<(\w+)[^>]* lang="zh"[^>]*>.*?</\1>', " ", text)
        text = re.sub(r"(?s)<(script|style|datalist).*?</\1>|<[^>]+>", " ", text)
        told = re.findall(r"[一-鿿、：（）]+", text)
        known = {"工业", "国资经办", "专家", "中文", "officer某", *(f"专家{e}" for e in EXPERTS)}
        known |= {"《中央企业综合绩效评价实施细则》", "国资发评价〔2006〕157号", "管理绩效评议指标"}
        left = [word for word in told if not any(word in name or name in word for name in known)]
        assert left == [], address


def test_points_are_kept_digit_by_digit(officer: Client, city: list[Enterprise]) -> None:
    officer.post(at("enter-panel", city[0]), typed_scores(score_1="82.55"))
    with acting_as(the_product("测试")):
        kept = PanelScore.objects.get(indicator="战略管理").score
    assert kept == Decimal("82.55")
