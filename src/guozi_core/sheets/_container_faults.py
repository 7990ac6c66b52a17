"""Faults of the file itself, decided before anything inside is trusted."""

from guozi_core.sheets._fault import Fault, block, explain

_SAVE_AS = (
    "用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”，再上传",
    "open it in Excel or WPS, save it as an Excel workbook (*.xlsx), and upload that",
)
_AGAIN = ("重新保存并完整上传一次", "save the file again and upload it completely")
_OWN_TEMPLATE = (
    "在本系统重新下载模板，把数据粘贴过去",
    "download the template again and paste the figures into it",
)

CONTAINER_FAULTS: tuple[Fault, ...] = (
    block("IMP-FIL-001", ("文件为空", "the file is empty"), _AGAIN),
    block(
        "IMP-FIL-002",
        ("文件过大：{size} 字节，上限 {limit} 字节", "the file is too large: {size} bytes of {limit}"),
        ("删除图片和多余的工作表", "remove pictures and needless sheets"),
    ),
    block(
        "IMP-FIL-003",
        ("扩展名与内容不符：内容是{what}，不是 Excel 工作簿",
         "the name does not fit the content: this is {what_en}, not an Excel workbook"),
        _SAVE_AS,
    ),
    block(
        "IMP-FIL-004",
        ("文件实为网页表格，请另存为 xlsx", "the file is really a web page; save it as xlsx"),
        _SAVE_AS,
    ),
    block(
        "IMP-FIL-005",
        ("文件是旧格式 Excel 97-2003（.xls）", "the file has the old format Excel 97-2003 (.xls)"),
        _SAVE_AS,
    ),
    block(
        "IMP-FIL-006",
        ("文件已加密，无法读取", "the file is encrypted and cannot be read"),
        ("在 Excel 或 WPS 中取消打开密码后另存", "remove the password in Excel or WPS and save"),
    ),
    block(
        "IMP-FIL-007", ("文件不完整，请重新上传", "the file is incomplete; upload it again"), _AGAIN
    ),
    block(
        "IMP-FIL-008",
        ("文件损坏：部件 {part} 校验不通过", "the file is damaged: part {part} fails its checksum"),
        _AGAIN,
    ),
    block(
        "IMP-FIL-009",
        ("行数超限：部件 {part} 有 {rows} 行，上限 {limit} 行",
         "too many rows: part {part} has {rows} of at most {limit}"),
        ("删除多余的行；明细请分批导入", "remove needless rows; import details in parts"),
    ),
    block(
        "IMP-FIL-010",
        ("解压后过大：{size} 字节，上限 {limit} 字节",
         "too large when unpacked: {size} bytes of {limit}"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-011",
        ("压缩包内部件过多：{count} 个，上限 {limit} 个",
         "too many parts in the file: {count} of at most {limit}"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-012",
        ("文件含有不安全的部件名", "the file holds a part with an unsafe name"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-013",
        ("文件含有两个同名部件 {part}，不同软件会读出不同内容",
         "the file holds part {part} twice; programs would read different contents"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-014",
        ("部件 {part} 含有文档类型定义或实体，已拒绝读取",
         "part {part} holds a document type or entities; it was not read"),
        _OWN_TEMPLATE,
    ),
    explain(
        "IMP-FIL-015",
        ("含外部链接，系统不会访问它", "holds an external link, which is never followed"),
        ("在“数据—编辑链接”中断开链接；如需保留请说明", "break the link, or say why it is needed"),
    ),
    block(
        "IMP-FIL-016",
        ("文件含有宏", "the file holds macros"),
        ("另存为不含宏的 xlsx", "save it as xlsx without macros"),
    ),
    block(
        "IMP-FIL-017",
        ("压缩包不是 Excel 工作簿", "the archive is not an Excel workbook"),
        _SAVE_AS,
    ),
    block(
        "IMP-FIL-018",
        ("部件 {part} 压缩比异常（{ratio}∶1，上限 {limit}∶1）",
         "part {part} is compressed {ratio}:1, more than {limit}:1"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-019",
        ("部件 {part} 的内容无法解析", "the content of part {part} cannot be parsed"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-020",
        ("同一单元格在文件中出现两次，不同软件会读出不同内容",
         "the cell stands in the file twice; programs would read different values"),
        _OWN_TEMPLATE,
    ),
    block(
        "IMP-FIL-021",
        ("单元格过多：超过 {limit} 个", "too many cells: more than {limit}"),
        ("删除多余内容；明细请用明细导入", "remove needless content; import details as a table"),
    ),
)  # fmt: skip
