"""Faults of numbers, dates and periods."""

from guozi_core.sheets._fault import Fault, block, explain, note

_DIGITS = ("纯数字", "digits only")
_RETYPE = ("只填阿拉伯数字、小数点和负号", "write digits, a decimal point and a minus sign only")
_OPEN_AND_SAVE = (
    "用 Excel/WPS 打开并保存后再上传",
    "open the file in Excel or WPS, save it, and upload it again",
)
_AS_TEXT = ("将单元格设为文本后重新填写", "format the cell as text and type it again")
_DAY = ("2026-01-31", "2026-01-31")
_RETYPE_DAY = ("按 年-月-日 重新填写", "write year-month-day")

VALUE_FAULTS: tuple[Fault, ...] = (
    block("IMP-NUM-001", ("不是数字", "not a number"), _RETYPE, ("1234.56", "1234.56")),
    note(
        "IMP-NUM-002",
        ("数字写法不规范，按 {value} 理解", "unusual way to write a number, read as {value}"),
    ),
    block("IMP-NUM-003", ("千分位错误", "the thousands separators are misplaced"), _RETYPE, _DIGITS),
    block(
        "IMP-NUM-004",
        ("小数点与千分位写法有两种读法", "point and comma can be read in two ways"),
        _RETYPE,
        _DIGITS,
    ),
    block("IMP-NUM-005", ("科学计数法文字", "a number written with an exponent"), _RETYPE, _DIGITS),
    block("IMP-NUM-006", ("不是有限的数", "not a finite number"), _RETYPE, _DIGITS),
    block(
        "IMP-NUM-007",
        ("金额含有单位文字", "the amount holds a unit"),
        ("删除单位文字，只填数字", "delete the unit and write the digits only"),
        _DIGITS,
    ),
    block("IMP-NUM-008", ("不是阿拉伯数字 0-9", "not the digits 0-9"), _RETYPE, _DIGITS),
    block("IMP-NUM-009", ("含有序号或上下标字符", "holds circled, raised or lowered digits"),
          _RETYPE, _DIGITS),
    block(
        "IMP-NUM-010",
        ("中文数字，请填阿拉伯数字", "a number in words; write digits"),
        _RETYPE,
        _DIGITS,
    ),
    block(
        "IMP-NUM-011",
        ("短横（–）不能作负号", "an en dash is no minus sign"),
        ("负数用“-”号", "write a minus sign (-)"),
    ),
    block("IMP-NUM-012", ("数字过长", "the number is too long"), _RETYPE),
    block(
        "IMP-NUM-013",
        ("小数位数超过 {places} 位，系统不会自行舍入",
         "more than {places} decimals; nothing is rounded silently"),
        ("按单位舍入后重新填写", "round it and type it again"),
    ),
    note(
        "IMP-NUM-014",
        ("{count} 个数字带有电子表格的二进制尾差，按 {places} 位小数读取：{cells}",
         "{count} numbers carry the spreadsheet's binary noise; read to {places} decimals: {cells}"),
    ),
    block("IMP-NUM-015", ("金额写成了百分数", "an amount written as a percentage"), _RETYPE, _DIGITS),
    block("IMP-NUM-016", ("超出可记录范围", "beyond what can be recorded"), _RETYPE),
    block(
        "IMP-NUM-017",
        ("单位不符", "the unit does not fit"),
        ("按模板的单位填报，不要改动单位", "use the unit of the template"),
    ),
    explain(
        "IMP-NUM-018",
        ("疑似单位错误：{share} 个项目中有 {count} 个约为上期的{times}",
         "probably the wrong unit: {count} of {share} lines are about {times_en} the last period"),
        ("核对金额单位（元/万元）", "check the unit of the amounts (yuan or 10k yuan)"),
    ),
    block("IMP-NUM-019", ("必填项未填", "a required figure is missing"),
          ("填写数字；确为零请填 0", "fill it in; write 0 if it is zero")),
    block("IMP-NUM-020", ("公式结果是错误 {error}", "the formula gives the error {error}"),
          ("修正公式或粘贴为数值", "correct the formula, or paste the value")),
    block(
        "IMP-NUM-021",
        ("公式未计算，文件中没有保存结果", "the formula was not computed; no result is stored"),
        _OPEN_AND_SAVE,
    ),
    block("IMP-NUM-022", ("单元格是逻辑值", "the cell holds true or false"), _RETYPE, _DIGITS),
    block("IMP-NUM-023", ("单元格是日期格式", "the cell is formatted as a date"),
          ("将单元格格式改为数值后核对", "format the cell as a number and check it")),
    block("IMP-NUM-024", ("金额单元格是百分比格式", "the cell of an amount is formatted as percent"),
          ("将单元格格式改为数值后核对", "format the cell as a number and check it")),
    explain(
        "IMP-NUM-025",
        ("单元格格式使显示值缩小（{format}），按存储值读取",
         "the number format ({format}) shows a smaller value; the stored value was read"),
        ("改用普通数值格式，并核对单位", "use a plain number format and check the unit"),
    ),
    block("IMP-NUM-026", ("该项目不能为负", "this line cannot be negative"),
          ("核对正负号", "check the sign")),
    explain("IMP-NUM-027", ("该项目一般不为负", "this line is not usually negative"),
            ("核对正负号；确为负数请说明", "check the sign, or say why it is negative")),
    block("IMP-NUM-028", ("含不可见字符 {points}", "holds invisible characters {points}"), _RETYPE),
    note("IMP-NUM-029", ("百分数按 {value}（单位 %）读取", "the percentage is read as {value} (in %)")),
    explain("IMP-NUM-030", ("疑似未乘 100", "probably not multiplied by 100"),
            ("按百分数填写，例如 68.5", "write per cent, for example 68.5")),
    block("IMP-NUM-031", ("超出合理范围 {low} 至 {high}", "outside the range {low} to {high}"),
          ("核对数值和单位", "check value and unit")),
    block("IMP-NUM-032", ("长数字精度丢失，请改为文本", "a long number has lost digits; use text"),
          _AS_TEXT),
    block("IMP-NUM-033", ("数字中不能有下划线", "a number cannot hold underscores"), _RETYPE, _DIGITS),
    block("IMP-NUM-034", ("应为整数", "a whole number is expected"), _RETYPE),
    explain(
        "IMP-NUM-035",
        ("没有写明金额单位，按{taken}读取", "the unit is not stated; amounts were read in {taken_en}"),
        ("在表头写明“单位：元”或“单位：万元”后重新上传，或说明单位",
         "write the unit, 元 or 万元, above the table and upload again, or explain it"),
    ),
    block("IMP-DAT-001", ("不是日期", "not a date"), _RETYPE_DAY, _DAY),
    block("IMP-DAT-002", ("日期不存在", "there is no such day"), _RETYPE_DAY, _DAY),
    block("IMP-DAT-003", ("月日有歧义", "day and month can be read in two ways"), _RETYPE_DAY, _DAY),
    block("IMP-DAT-004", ("年份须四位", "the year needs four digits"), _RETYPE_DAY, _DAY),
    note("IMP-DAT-005", ("日期写法不规范，按 {value} 理解", "unusual way to write a date, read as {value}")),
    block("IMP-DAT-006", ("日期超出范围 {low} 至 {high}", "the date is outside {low} to {high}"),
          _RETYPE_DAY),
    block("IMP-DAT-007", ("{end}早于{start}（{other}）", "{end} is before {start} ({other})"),
          ("核对两个日期", "check both dates")),
    block("IMP-DAT-009", ("报告期不存在", "there is no such period"),
          ("按 2026-01、2026Q1 或 2026 填写", "write 2026-01, 2026Q1 or 2026")),
    block("IMP-DAT-010", ("报告期尚未开始", "the period has not begun yet"),
          ("核对报告期", "check the period")),
)  # fmt: skip
