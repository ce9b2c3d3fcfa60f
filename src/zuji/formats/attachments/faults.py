"""Why a file is not taken, in words that say what to do."""

from zuji.engine.text import Text

TAKEN = Text("PDF、PNG、JPEG、XLSX、DOCX、CSV、TXT", "PDF, PNG, JPEG, XLSX, DOCX, CSV and TXT")

NAMES = {
    "pdf": Text("PDF 文件", "a PDF"),
    "png": Text("PNG 图片", "a PNG picture"),
    "jpeg": Text("JPEG 图片", "a JPEG picture"),
    "xlsx": Text("XLSX 工作簿", "an XLSX workbook"),
    "docx": Text("DOCX 文档", "a DOCX document"),
    "csv": Text("CSV 表格", "a CSV table"),
    "txt": Text("纯文本", "plain text"),
    "text": Text("纯文本", "plain text"),
    "ole": Text("旧版 Office 文件或加密的 Office 文件", "an Office file of the old kind, or one with a password"),
    "program": Text("程序", "a program"),
    "archive": Text("压缩包", "an archive"),
    "picture": Text("其他格式的图片", "a picture of another kind"),
    "video": Text("视频", "a video"),
    "rtf": Text("RTF 文档", "an RTF document"),
    "page": Text("网页或 XML（含 SVG）", "a web page or XML (such as SVG)"),
    "ofd": Text("OFD 文件", "an OFD file"),
    "unknown": Text("无法识别的文件", "a file of no known kind"),
}
"""What content can be."""

_ADVICE = {
    "ole": Text("请去掉密码，另存为 XLSX 或 DOCX。", "Save it without a password as XLSX or DOCX."),
    "archive": Text("请解压后逐个上传其中的文件。", "Unpack it and upload the files one by one."),
    "picture": Text("请另存为 JPEG 或 PNG。", "Save it as JPEG or PNG."),
    "rtf": Text("请另存为 DOCX 或 PDF。", "Save it as DOCX or PDF."),
    "page": Text("请打印为 PDF。", "Print it to PDF."),
    "ofd": Text("请用阅读器导出为 PDF。", "Export it as PDF from its reader."),
}
_OTHERWISE = Text("请上传原始凭证的扫描件、照片或导出文件。", "Upload a scan, a photograph or an export of the original record.")

_ACTS = {
    "script": Text("脚本（JavaScript）", "a script (JavaScript)"),
    "launch": Text("启动其他程序或文件的动作", "an action that starts another program or file"),
    "attachment": Text("嵌入的附件", "an attached file"),
    "media": Text("嵌入的音视频", "embedded media"),
    "form": Text("会收发数据的动态表单", "a dynamic form that sends or fetches data"),
}

FAULTS = {
    "kind": Text(
        "文件内容是{found}，不能作为佐证。可以上传：{taken}。{advice}",
        "The content is {found}, which is not taken as evidence. Taken are {taken}. {advice}",
    ),
    "ending": Text(
        "文件名以“{suffix}”结尾，内容却是{found}。请确认没有选错文件，再把文件名的结尾改为与内容一致。",
        "The name ends in “{suffix}”, and the content is {found}. Make sure that it is the right file, and give it the ending of its content.",
    ),
    "suffix": Text("文件名须以所属类型结尾。可以上传：{taken}。", "The name must end with the kind of the file. Taken are {taken}."),
    "damaged": Text(
        "文件已损坏或不完整，无法打开。请用原来的软件重新导出后再上传。",
        "The file is damaged or cut off. Export it again with the program that made it.",
    ),
    "trailing": Text(
        "文件结尾之后还有别的内容，可能是两个文件拼在一起。请重新导出或打印为 PDF 后再上传。",
        "Something follows the end of the file, as if two files were joined. Export it again, or print it to PDF.",
    ),
    "password": Text(
        "文件有打开密码，核查人员将无法查看。请去掉密码后再上传。",
        "The file opens with a password, and a verifier could not read it. Remove the password.",
    ),
    "bomb": Text(
        "文件解压后异常巨大，可能会使打开它的计算机停止响应。请只保留需要的工作表或页后再上传。",
        "The file becomes abnormally large when opened. Keep only the sheets or pages that are needed.",
    ),
    "macros": Text("文件中有宏。请另存为不含宏的 XLSX 或 DOCX。", "The file holds macros. Save it as XLSX or DOCX without macros."),
    "objects": Text("文件中嵌入了其他文件或控件。请打印为 PDF 后再上传。", "The file embeds other files or controls. Print it to PDF."),
    "remote": Text(
        "打开该文件时会从别处取数据（{found}）。请改为只含数值，或打印为 PDF 后再上传。",
        "When opened, the file fetches from elsewhere ({found}). Keep the values only, or print it to PDF.",
    ),
    "doctype": Text(
        "文件中的 XML 含有文档类型声明，不予接收。请重新导出或打印为 PDF。",
        "XML in the file declares a document type, which is not taken. Export it again, or print it to PDF.",
    ),
    "acts": Text("PDF 中有{found}。请重新打印为 PDF 后再上传。", "The PDF holds {found}. Print it to PDF anew."),
    "pixels": Text(
        "图片有 {found} 像素，超过 2 亿像素或单边 40,000 像素的上限。请缩小后再上传。",
        "The picture has {found} pixels; at most 200 million and 40,000 a side are taken. Make it smaller.",
    ),
    "encoding": Text(
        "文本须为 UTF-8 或 GBK 编码，且不含控制字符。请另存为 UTF-8。",
        "Text must be in UTF-8 or GBK, without control characters. Save it as UTF-8.",
    ),
    "empty": Text("文件是空的（0 字节）。请检查后重新选择。", "The file is empty (0 bytes). Choose another."),
    "too_big": Text(
        "文件超过 {found} MiB 的上限。请压缩图片、拆分文件或降低扫描分辨率。",
        "The file is larger than {found} MiB. Reduce pictures, split it, or scan at a lower resolution.",
    ),
    "too_complex": Text(
        "检查该文件所需的时间或内存超过上限。请重新导出、拆分或打印为 PDF 后再上传。",
        "Checking the file takes more time or memory than allowed. Export it again, split it, or print it to PDF.",
    ),
    "busy": Text("正在检查的文件较多，请稍后再试。", "Many files are being checked. Try again in a moment."),
}
"""Fault to its words; ``{found}``, ``{suffix}``, ``{advice}`` and ``{taken}`` are filled in by :func:`in_words`."""


def in_words(fault: str, found: str = "", suffix: str = "") -> Text:
    """Why a file is not taken and what to do, for a person."""
    named = NAMES.get(found) or _ACTS.get(found) or Text(found, found)
    advice = _ADVICE.get(found, _OTHERWISE)
    template = FAULTS[fault]
    return Text(
        template.zh.format(found=named.zh, suffix=suffix, advice=advice.zh, taken=TAKEN.zh),
        template.en.format(found=named.en, suffix=suffix, advice=advice.en, taken=TAKEN.en),
    )
