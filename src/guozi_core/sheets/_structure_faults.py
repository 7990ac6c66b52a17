"""Faults of template, sheets, rows and columns."""

from guozi_core.sheets._fault import Fault, block, explain, note

_DOWNLOAD = ("在本系统下载当前模板后填报", "download the current template and fill that in")
_UNHIDE = ("取消隐藏并核对", "show them and check")
_RESTORE = ("恢复模板原有内容", "restore what the template had")

STRUCTURE_FAULTS: tuple[Fault, ...] = (
    block(
        "IMP-TPL-001",
        ("没有“封面”工作表，不是本系统的模板", "there is no sheet “封面”: not our template"),
        _DOWNLOAD,
    ),
    block("IMP-TPL-002", ("模板种类不符", "this is the template of another form"), _DOWNLOAD),
    block(
        "IMP-TPL-003",
        ("模板版本不符：文件为 {found}，应为 {wanted}",
         "wrong version of the template: the file has {found}, wanted is {wanted}"),
        _DOWNLOAD,
    ),
    block(
        "IMP-TPL-004",
        ("列头不符", "the column heading does not fit"),
        ("恢复模板的列，不要插入、删除或改名", "restore the columns of the template"),
    ),
    block("IMP-TPL-005", ("缺少工作表「{title}」", "sheet “{title}” is missing"), _DOWNLOAD),
    explain(
        "IMP-TPL-006",
        ("未识别工作表「{title}」，其中有 {count} 个非空单元格，未导入",
         "unknown sheet “{title}” with {count} filled cells, not imported"),
        ("删除该工作表，或说明原因", "delete the sheet, or say why it is there"),
    ),
    explain(
        "IMP-TPL-007",
        ("未识别内容，未导入", "unexpected content, not imported"),
        ("删除表外内容，或说明原因", "delete what stands outside the table, or say why"),
    ),
    note(
        "IMP-TPL-008",
        ("隐藏的{what}中有数据，已读取", "hidden {what_en} hold figures; they were read"),
        _UNHIDE,
    ),
    note(
        "IMP-TPL-009",
        ("工作表「{title}」被隐藏", "sheet “{title}” is hidden"),
        _UNHIDE,
    ),
    block(
        "IMP-TPL-010",
        ("数据区内有合并单元格 {area}", "merged cells {area} among the figures"),
        ("取消合并，逐格填写", "split the cells and fill in each"),
    ),
    block("IMP-TPL-011", ("缺少行「{line}」", "line “{line}” is missing"), _DOWNLOAD),
    block(
        "IMP-TPL-012",
        ("重复工作表：「{first}」与「{second}」", "the sheet occurs twice: “{first}” and “{second}”"),
        ("只保留一张", "keep one of them"),
    ),
    block(
        "IMP-TPL-013",
        ("行「{line}」重复，已在第{first}行出现", "line “{line}” occurs again, first in row {first}"),
        ("删除重复的行", "delete the second one"),
    ),
    block(
        "IMP-TPL-014",
        ("文件的统一社会信用代码不是本企业的", "the file names another credit code"),
        ("上传本企业的文件，或重新下载模板", "upload the file of your enterprise"),
    ),
    block(
        "IMP-TPL-015",
        ("文件的报告期是 {found}，所选期间是 {wanted}",
         "the file is for {found}, the chosen period is {wanted}"),
        ("选择正确的期间或上传正确的文件", "choose the right period or the right file"),
    ),
    block(
        "IMP-TPL-016",
        ("文件的口径是 {found}，所选口径是 {wanted}",
         "the file is for the “{found}” accounts, chosen are the “{wanted}” accounts"),
        ("选择正确的口径或上传正确的文件", "choose the right accounts or the right file"),
    ),
    explain(
        "IMP-TPL-017",
        ("模板的锁定内容被改动：{cells}", "locked content of the template was changed: {cells}"),
        _RESTORE,
    ),
    note("IMP-TPL-018", ("设有筛选，隐藏的行已全部读取", "a filter is set; all rows were read")),
    explain(
        "IMP-TPL-019",
        ("公式引用其他文件，按保存的结果 {value} 读取",
         "the formula refers to another file; its stored result {value} was read"),
        ("粘贴为数值", "paste the value"),
    ),
    block(
        "IMP-TPL-020",
        ("列「{column_title}」出现两次，首次在 {first}",
         "column “{column_title}” occurs again, first in {first}"),
        ("只保留一列", "keep one of them"),
    ),
    explain(
        "IMP-TPL-021",
        ("企业名称与登记名称不一致", "the name differs from the registered name"),
        ("核对企业名称", "check the name"),
    ),
    block(
        "IMP-TPL-022",
        ("找不到表头", "no heading row was found"),
        ("保留“项目”和各金额列的列头", "keep the headings of the line names and of the amounts"),
    ),
    block(
        "IMP-TPL-023",
        ("数据行数超限：{rows} 行，上限 {limit} 行", "too many rows: {rows} of at most {limit}"),
        ("分批导入", "import in parts"),
    ),
    block(
        "IMP-TPL-024",
        ("必报的明细表没有数据", "a detail table that must be filled in is empty"),
        ("填写明细，或勾选“本期无发生”", "fill it in, or declare that nothing happened"),
    ),
    block(
        "IMP-TPL-025",
        ("封面缺少“{label}”", "the cover lacks “{label}”"),
        _DOWNLOAD,
    ),
    block(
        "IMP-TPL-026",
        ("缺少列「{column_title}」", "column “{column_title}” is missing"),
        _DOWNLOAD,
    ),
    note(
        "IMP-TPL-027",
        ("没有写明{what}，按 {taken} 处理", "{what_en} is not stated; taken as {taken_en}"),
    ),
    note(
        "IMP-TPL-028",
        ("这一列是其他期间的数据，本期没有导入", "the column is of another period; it was not imported"),
    ),
    note("IMP-LBL-001", ("名称写法不规范，按「{line}」理解", "read as line “{line}”")),
    block(
        "IMP-LBL-002",
        ("不认识的行名，最接近的是「{nearest}」", "unknown line; the nearest is “{nearest}”"),
        ("改回模板的行名", "restore the name of the template"),
    ),
    explain(
        "IMP-LBL-003",
        ("行名对应多个项目：{candidates}，未导入",
         "the line could mean {candidates}; it was not imported"),
        ("写明属于哪个项目", "write which line is meant"),
    ),
    explain(
        "IMP-LBL-004",
        ("字典中没有的行，未导入；最接近的是「{nearest}」",
         "a line the dictionary does not know, not imported; the nearest is “{nearest}”"),
        ("核对行名", "check the name"),
    ),
    note("IMP-TXT-001", ("首尾空白已去除", "blanks around the text were removed")),
    block(
        "IMP-TXT-002",
        ("疑似编码错误，含有乱码字符", "probably a wrong encoding: the text holds garbled characters"),
        ("用正确的编码重新保存", "save the file in the right encoding"),
    ),
    block(
        "IMP-TXT-003",
        ("文字超长：{length} 个字符，上限 {limit} 个",
         "the text is too long: {length} characters of at most {limit}"),
        ("缩短文字", "shorten the text"),
    ),
)  # fmt: skip
