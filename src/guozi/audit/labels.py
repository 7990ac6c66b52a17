"""What the codes of the log mean in words; a code without an entry is shown as it is.

A test compares this table with the codes that services write.
"""

from __future__ import annotations

from typing import Final

from guozi_core.findings import Wording

ACTIONS: Final[dict[str, Wording]] = {
    "access.password-changed": Wording("修改密码", "password changed"),
    "access.refused": Wording("越权访问被拒绝", "access refused"),
    "access.role-granted": Wording("授予角色", "role granted"),
    "access.role-revoked": Wording("收回角色", "role revoked"),
    "access.sign-in-failed": Wording("登录失败", "sign-in failed"),
    "access.signed-in": Wording("登录", "signed in"),
    "access.signed-out": Wording("退出", "signed out"),
    "access.user-created": Wording("开设账号", "account opened"),
    "access.user-disabled": Wording("停用账号", "account disabled"),
    "access.user-enabled": Wording("启用账号", "account enabled"),
    "exported": Wording("导出文件", "file exported"),
    "filings.accepted": Wording("接收报表", "filing accepted"),
    "filings.correction-begun": Wording("开始更正", "correction begun"),
    "filings.draft-opened": Wording("开始填报", "draft opened"),
    "filings.draft-saved": Wording("保存草稿", "draft saved"),
    "filings.figures-carried": Wording("带入已报数", "figures carried forward"),
    "filings.explained": Wording("填写说明", "explanation written"),
    "filings.file-refused": Wording("导入被阻断", "file refused"),
    "filings.file-taken": Wording("导入文件", "file taken in"),
    "filings.loaded": Wording("批量载入报表", "filing loaded"),
    "filings.returned": Wording("退回报表", "filing returned"),
    "filings.signed": Wording("签发报表", "filing signed"),
    "filings.submitted": Wording("报送报表", "filing submitted"),
    "filings.withdrawn": Wording("撤回报表", "filing withdrawn"),
    "jobs.cancelled": Wording("取消任务", "job cancelled"),
    "jobs.started": Wording("启动任务", "job started"),
    "performance.adjusted": Wording("登记加扣分", "bonus or deduction entered"),
    "performance.adjustment-revoked": Wording("撤销加扣分", "bonus or deduction revoked"),
    "performance.evaluated": Wording("完成评价", "evaluation done"),
    "performance.panel-entered": Wording("录入评议", "panel scores entered"),
    "performance.panel-withdrawn": Wording("撤销专家评分", "expert's scores taken back"),
    "performance.published": Wording("发布评价", "evaluation published"),
    "registry.classified": Wording("调整分类", "classification changed"),
    "registry.consolidation-set": Wording("登记合并关系", "consolidation set"),
    "registry.department-created": Wording("登记部门", "department registered"),
    "registry.enterprise-created": Wording("登记企业", "enterprise registered"),
    "registry.property-set": Wording("登记产权关系", "property chain set"),
    "registry.renamed": Wording("企业更名", "enterprise renamed"),
    "registry.supervision-set": Wording("登记主管单位", "supervising department set"),
}

SUBJECTS: Final[dict[str, Wording]] = {
    "access.RoleAssignment": Wording("角色授权", "role"),
    "access.User": Wording("账号", "account"),
    "access.View": Wording("页面", "page"),
    "filings.Draft": Wording("草稿", "draft"),
    "filings.Upload": Wording("文件", "file"),
    "filings.Version": Wording("报表版本", "version"),
    "filings.overview": Wording("报送清单", "list of filings"),
    "jobs.Job": Wording("任务", "job"),
    "performance.AdjustmentItem": Wording("加扣分事项", "bonus or deduction"),
    "performance.EvaluationRun": Wording("评价", "evaluation"),
    "performance.EvaluationResult": Wording("评价结果", "evaluation result"),
    "registry.Department": Wording("部门", "department"),
    "registry.Enterprise": Wording("企业", "enterprise"),
}


#: What the fields of a change are called; items of statements keep their codes.
FIELDS: Final[dict[str, Wording]] = {
    "active": Wording("启用", "enabled"),
    "code": Wording("代码", "code"),
    "department": Wording("部门", "department"),
    "enterprise": Wording("企业", "enterprise"),
    "enterprises": Wording("企业户数", "enterprises"),
    "figures": Wording("数字个数", "figures"),
    "form": Wording("报表", "form"),
    "from": Wording("生效", "from"),
    "item": Wording("项目", "item"),
    "kind": Wording("类别", "kind"),
    "level": Wording("层级", "level"),
    "name": Wording("名称", "name"),
    "parent": Wording("上级企业", "parent"),
    "period": Wording("期间", "period"),
    "place": Wording("位置", "place"),
    "plan": Wording("评价方案", "plan"),
    "points": Wording("分值", "points"),
    "role": Wording("角色", "role"),
    "roles": Wording("角色", "roles"),
    "scope": Wording("口径或范围", "scope"),
    "scored": Wording("已评价户数", "scored"),
    "scores": Wording("评分", "scores"),
    "sha256": Wording("内容摘要", "digest"),
    "share": Wording("持股比例", "share"),
    "standard_year": Wording("标准值年度", "standard year"),
    "state": Wording("状态", "state"),
    "text": Wording("说明", "text"),
    "to": Wording("截至", "to"),
    "user": Wording("账号", "account"),
    "username": Wording("用户名", "user name"),
    "uscc": Wording("统一社会信用代码", "credit code"),
    "value": Wording("内容", "value"),
    "version": Wording("版本", "version"),
}


def field_label(name: str) -> Wording:
    """Return what a field of a change is called; its own name where it has no words."""
    return FIELDS.get(name, Wording(name, name))


def action_label(code: str) -> Wording:
    """Return what an action is called.

    >>> action_label("filings.submitted").zh
    '报送报表'
    """
    return ACTIONS.get(code, Wording(code, code))


def subject_label(code: str) -> Wording:
    """Return what a kind of object is called."""
    return SUBJECTS.get(code, Wording(code, code))
