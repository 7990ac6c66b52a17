"""Names and kinds of the example city. Every name is invented; 北岚省 and its city exist nowhere."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A kind of enterprise: what it is called in both languages, its industry and functional class."""

    name: str
    english: str
    industry: str
    nature: str = "商业一类"


class GroupKind(NamedTuple):
    """A directly supervised group: itself, the department beside it, its total assets, its subsidiaries."""

    kind: Kind
    department: str
    assets_yuan: float
    subsidiaries: tuple[Kind, ...]


COMMERCIAL, STRATEGIC, PUBLIC = "商业一类", "商业二类", "公益类"

GROUPS: Final = (
    GroupKind(
        Kind("城市建设投资集团", "Urban Construction Investment Group", "投资公司", STRATEGIC),
        "ZJ",
        42e9,
        (
            Kind("安居置业", "Anju Housing", "房地产开发经营业", STRATEGIC),
            Kind("建工", "Construction Engineering", "房屋建筑业"),
            Kind("市政工程", "Municipal Works", "土木工程建筑业"),
            Kind("城市更新", "Urban Renewal", "房地产业", STRATEGIC),
            Kind("城投物业", "Property Services", "物业管理业"),
            Kind("城建设计院", "Urban Design Institute", "科研设计企业"),
            Kind("环卫服务", "Sanitation Services", "公共设施管理业", PUBLIC),
            Kind("新型建材", "New Building Materials", "建材工业"),
            Kind("园林绿化", "Landscaping", "公共设施管理业", PUBLIC),
            Kind("停车管理", "Parking Management", "社会服务业", PUBLIC),
        ),
    ),
    GroupKind(
        Kind("交通建设集团", "Transport Construction Group", "道路运输业", STRATEGIC),
        "JT",
        28e9,
        (
            Kind("高速公路", "Expressway", "高速公路", STRATEGIC),
            Kind("路桥工程", "Road and Bridge Works", "土木工程建筑业"),
            Kind("长途客运", "Coach Transport", "道路运输业", PUBLIC),
            Kind("港务", "Port Affairs", "港口业", STRATEGIC),
            Kind("交通物流", "Transport Logistics", "仓储业"),
            Kind("机场管理", "Airport Management", "机场", PUBLIC),
            Kind("交通科技", "Transport Technology", "软件和信息技术服务业"),
            Kind("驾培服务", "Driver Training", "社会服务业"),
            Kind("路通监理", "Lutong Supervision", "工程管理服务业"),
            Kind("交通商贸", "Transport Trading", "物资贸易"),
        ),
    ),
    GroupKind(
        Kind("水务集团", "Water Group", "水生产与供应业", PUBLIC),
        "SL",
        9e9,
        (
            Kind("自来水", "Tap Water", "自来水生产和供应业", PUBLIC),
            Kind("净源污水处理", "Jingyuan Wastewater", "污水处理及其再生利用业", PUBLIC),
            Kind("供水工程", "Water Supply Works", "建筑安装业"),
            Kind("水质检测", "Water Testing", "科研设计企业"),
            Kind("再生水", "Reclaimed Water", "污水处理及其再生利用业", PUBLIC),
            Kind("管网运维", "Pipe Network Operations", "水生产与供应业", PUBLIC),
            Kind("二次供水", "Secondary Water Supply", "自来水生产和供应业", PUBLIC),
            Kind("泉润饮品", "Quanrun Beverages", "酒、饮料和精制茶制造业"),
            Kind("水务设备", "Water Equipment", "通用设备制造业"),
        ),
    ),
    GroupKind(
        Kind("能源集团", "Energy Group", "电力热力燃气工业", STRATEGIC),
        "FG",
        16e9,
        (
            Kind("热力", "Heating", "热力生产和供应业", PUBLIC),
            Kind("燃气", "Gas", "燃气生产和供应业", PUBLIC),
            Kind("热电", "Heat and Power", "火力发电业", STRATEGIC),
            Kind("光明新能源", "Guangming New Energy", "太阳能发电业", STRATEGIC),
            Kind("风力发电", "Wind Power", "风力发电业", STRATEGIC),
            Kind("煤炭运销", "Coal Trading", "矿产品、建材及化工产品批发"),
            Kind("充电网络", "Charging Network", "电力供应业", STRATEGIC),
            Kind("能源工程", "Energy Works", "建筑安装业"),
            Kind("节能服务", "Energy Saving Services", "信息咨询服务业"),
            Kind("石岭煤业", "Shiling Coal", "煤炭工业", STRATEGIC),
        ),
    ),
    GroupKind(
        Kind("产业投资集团", "Industry Investment Group", "投资公司", COMMERCIAL),
        "GX",
        14e9,
        (
            Kind("轴承制造", "Bearings", "轴承制造业"),
            Kind("矿山机械", "Mining Machinery", "矿山机械制造业"),
            Kind("汽车零部件", "Automotive Parts", "汽车零部件及配件制造业"),
            Kind("电子科技", "Electronics", "电子元、器件制造业"),
            Kind("云数信息", "Yunshu Information", "软件和信息技术服务业"),
            Kind("生物制药", "Biopharmaceuticals", "化学药品制造业"),
            Kind("化工新材料", "Chemical Materials", "基础化学原料制造业"),
            Kind("纺织", "Textiles", "棉化纤纺织业"),
            Kind("融资担保", "Financing Guarantee", "社会服务业", STRATEGIC),
            Kind("人才发展", "Talent Development", "人力资源服务业"),
        ),
    ),
    GroupKind(
        Kind("文化旅游集团", "Culture and Tourism Group", "大旅游", COMMERCIAL),
        "WL",
        6e9,
        (
            Kind("云湖景区", "Yunhu Scenic Area", "大旅游"),
            Kind("迎宾酒店", "Yingbin Hotel", "住宿业"),
            Kind("演艺", "Performing Arts", "文化艺术业"),
            Kind("出版传媒", "Publishing and Media", "出版业", STRATEGIC),
            Kind("印务", "Printing", "印刷和记录媒介复制业"),
            Kind("影视", "Film and Television", "广播电影电视业"),
            Kind("体育场馆", "Sports Venues", "文化、体育和娱乐业", PUBLIC),
            Kind("旅游客运", "Tourist Transport", "道路运输业"),
            Kind("泽味餐饮", "Zewei Catering", "餐饮业"),
        ),
    ),
    GroupKind(
        Kind("粮食和物资储备集团", "Grain and Reserves Group", "粮食业", STRATEGIC),
        "LS",
        4e9,
        (
            Kind("粮油储备库", "Grain and Oil Reserve", "粮油仓储", PUBLIC),
            Kind("丰禾粮油", "Fenghe Grain and Oil", "粮油批发与零售"),
            Kind("食品加工", "Food Processing", "农副食品加工业"),
            Kind("农业开发", "Agricultural Development", "农业"),
            Kind("冷链物流", "Cold Chain Logistics", "仓储业"),
            Kind("应急物资", "Emergency Supplies", "物资贸易", PUBLIC),
            Kind("盐业", "Salt", "采盐业", STRATEGIC),
            Kind("农产品市场", "Produce Market", "食品、饮料及烟草制品批发与零售"),
            Kind("种业", "Seeds", "农业"),
        ),
    ),
    GroupKind(
        Kind("公共交通集团", "Public Transit Group", "城市公共交通业", PUBLIC),
        "JT",
        5e9,
        (
            Kind("城东公交", "East Bus", "公共电汽车客运业", PUBLIC),
            Kind("城西公交", "West Bus", "公共电汽车客运业", PUBLIC),
            Kind("轨道交通", "Metro", "城市轨道交通业", PUBLIC),
            Kind("出租汽车", "Taxi", "城市公共交通业"),
            Kind("公交场站", "Bus Stations", "城市公共交通业", PUBLIC),
            Kind("公交广告", "Transit Advertising", "信息咨询服务业"),
            Kind("汽车维修", "Vehicle Repair", "汽车维修与维护服务业"),
            Kind("油料销售", "Fuel Sales", "汽车、摩托车、燃料及零配件专门零售"),
            Kind("智行科技", "Zhixing Technology", "信息技术服务业"),
        ),
    ),
    GroupKind(
        Kind("有色金属集团", "Nonferrous Metals Group", "有色金属冶炼业", COMMERCIAL),
        "GX",
        12e9,
        (
            Kind("钼矿", "Molybdenum Mining", "有色金属矿采选业"),
            Kind("铜冶炼", "Copper Smelting", "有色金属冶炼业"),
            Kind("铝加工", "Aluminium Processing", "有色金属冶炼业"),
            Kind("金属贸易", "Metals Trading", "矿产品、建材及化工产品批发"),
            Kind("耐火材料", "Refractories", "建材工业"),
            Kind("地质勘查", "Geological Survey", "地质勘查业"),
            Kind("矿山工程", "Mining Works", "土木工程建筑业"),
            Kind("矿业机修", "Mining Repair", "专用设备制造业"),
            Kind("选矿药剂", "Flotation Reagents", "化学工业"),
            Kind("职工医药", "Medical Supplies", "医药及医疗器材批发与零售"),
        ),
    ),
)

#: County enterprises: the first kinds exist in every county.
COUNTY_KINDS: Final = (
    Kind("城乡建设投资", "Urban-Rural Investment", "投资公司", STRATEGIC),
    Kind("国有资产经营", "State Asset Operations", "投资公司", STRATEGIC),
    Kind("供水", "Water Supply", "自来水生产和供应业", PUBLIC),
    Kind("污水处理", "Wastewater", "污水处理及其再生利用业", PUBLIC),
    Kind("城乡公交", "Urban-Rural Bus", "公共电汽车客运业", PUBLIC),
    Kind("粮油收储", "Grain Procurement", "粮油仓储", PUBLIC),
    Kind("交通发展", "Transport Development", "道路运输业", STRATEGIC),
    Kind("文旅发展", "Culture and Tourism", "大旅游"),
    Kind("农业产业", "Agricultural Industry", "农业"),
    Kind("园区开发", "Industrial Park", "房地产业", STRATEGIC),
    Kind("天然气", "Natural Gas", "燃气生产和供应业", PUBLIC),
    Kind("建筑工程", "Building Works", "房屋建筑业"),
    Kind("环境服务", "Environmental Services", "公共设施管理业", PUBLIC),
    Kind("保安服务", "Security Services", "社会服务业"),
    Kind("林业", "Forestry", "林业", PUBLIC),
    Kind("砂石", "Sand and Gravel", "建筑用矿石采选业"),
    Kind("水电", "Hydropower", "水力发电业", STRATEGIC),
    Kind("供销商贸", "Supply and Marketing", "商业贸易"),
    Kind("人力资源", "Human Resources", "人力资源服务业"),
    Kind("宾馆", "Guest House", "住宿业"),
)

#: Enterprises that departments founded; to be separated from them (脱钩).
INVESTED_KINDS: Final = (
    Kind("招待所", "Guest House", "住宿业"),
    Kind("印刷厂", "Printing House", "印刷和记录媒介复制业"),
    Kind("咨询服务", "Consulting", "信息咨询服务业"),
    Kind("工程监理", "Works Supervision", "工程管理服务业"),
    Kind("物业服务", "Property Services", "物业管理业"),
    Kind("勘测设计", "Survey and Design", "科研设计企业"),
    Kind("后勤服务", "Logistics Services", "社会服务业"),
    Kind("物资供应", "Materials Supply", "物资贸易"),
    Kind("培训中心", "Training Centre", "社会服务业"),
    Kind("检验检测", "Inspection and Testing", "科研设计企业"),
)

#: Seats of central and provincial enterprises; the owners are as invented as the city.
CENTRAL_OWNERS: Final = (
    ("华穹重工", "Huaqiong Heavy Industries", "矿山机械制造业"),
    ("中垣电力", "Zhongyuan Grid", "电力供应业"),
    ("国澜石化", "Guolan Petrochemical", "石油加工及炼焦业"),
    ("华岱铝业", "Huadai Aluminium", "有色金属冶炼业"),
    ("中邈通信", "Zhongmiao Telecom", "电信业"),
    ("国嵘铁路", "Guorong Railway", "铁路运输业"),
    ("华垒建设", "Hualei Construction", "土木工程建筑业"),
    ("中翎航空", "Zhongling Aviation", "航空运输业"),
    ("国廪粮储", "Guolin Grain", "粮食业"),
    ("华燧煤业", "Huasui Coal", "煤炭工业"),
    ("中璟医药", "Zhongjing Pharma", "化学药品制造业"),
    ("国镁耐材", "Guomei Refractories", "建材工业"),
)
CENTRAL_FORMS: Final = (
    ("云泽分厂", "plant"),
    ("云泽销售", "sales"),
    ("云泽工程", "works"),
    ("云泽物资", "materials"),
    ("云泽服务", "services"),
    ("云泽研究所", "institute"),
    ("云泽检修", "maintenance"),
)
PROVINCIAL_OWNERS: Final = (
    ("北岚高速", "Beilan Expressway", "高速公路"),
    ("北岚能源", "Beilan Energy", "电力生产业"),
    ("北岚水投", "Beilan Water", "水生产与供应业"),
    ("北岚农垦", "Beilan Farms", "农业"),
    ("北岚文传", "Beilan Media", "出版业"),
)

PROVINCIAL_FORMS: Final = (
    ("投资", "investment"),
    ("运营", "operations"),
    ("建设", "works"),
    ("服务", "services"),
)

#: Districts and counties with their English names; none of them exists.
COUNTIES: Final = (
    ("澜汐区", "Lanxi District"),
    ("北棹区", "Beizhao District"),
    ("东穗区", "Dongsui District"),
    ("云岫县", "Yunxiu County"),
    ("泽芷县", "Zezhi County"),
    ("石畹县", "Shiwan County"),
    ("青箬县", "Qingruo County"),
    ("白蘋县", "Baipin County"),
)

#: Code, name, short name, English name of the 34 municipal departments.
DEPARTMENTS: Final = tuple(
    (code, name, short, f"Municipal {english}")
    for code, name, short, english in (
        ("FG", "发展和改革委员会", "发改委", "Development and Reform Commission"),
        ("GX", "工业和信息化局", "工信局", "Industry and Information Bureau"),
        ("CZ", "财政局", "财政局", "Finance Bureau"),
        ("ZJ", "住房和城乡建设局", "住建局", "Housing and Construction Bureau"),
        ("JT", "交通运输局", "交通局", "Transport Bureau"),
        ("SL", "水利局", "水利局", "Water Resources Bureau"),
        ("WL", "文化广电和旅游局", "文旅局", "Culture and Tourism Bureau"),
        ("LS", "粮食和物资储备局", "粮储局", "Grain and Reserves Bureau"),
        ("NY", "农业农村局", "农业局", "Agriculture Bureau"),
        ("ZR", "自然资源和规划局", "资规局", "Natural Resources Bureau"),
        ("ST", "生态环境局", "生态局", "Ecology Bureau"),
        ("LY", "林业局", "林业局", "Forestry Bureau"),
        ("SW", "商务局", "商务局", "Commerce Bureau"),
        ("JY", "教育局", "教育局", "Education Bureau"),
        ("KJ", "科学技术局", "科技局", "Science Bureau"),
        ("GA", "公安局", "公安局", "Public Security Bureau"),
        ("MZ", "民政局", "民政局", "Civil Affairs Bureau"),
        ("SF", "司法局", "司法局", "Justice Bureau"),
        ("RS", "人力资源和社会保障局", "人社局", "Human Resources Bureau"),
        ("WJ", "卫生健康委员会", "卫健委", "Health Commission"),
        ("YJ", "应急管理局", "应急局", "Emergency Bureau"),
        ("SJ", "审计局", "审计局", "Audit Bureau"),
        ("SC", "市场监督管理局", "市监局", "Market Supervision Bureau"),
        ("TY", "体育局", "体育局", "Sports Bureau"),
        ("TJ", "统计局", "统计局", "Statistics Bureau"),
        ("CG", "城市管理局", "城管局", "City Administration Bureau"),
        ("JG", "机关事务管理局", "机关局", "Offices Administration"),
        ("FP", "乡村振兴局", "乡振局", "Rural Revitalisation Bureau"),
        ("YB", "医疗保障局", "医保局", "Healthcare Security Bureau"),
        ("XF", "信访局", "信访局", "Petitions Bureau"),
        ("DA", "档案馆", "档案馆", "Archives"),
        ("GX2", "供销合作社", "供销社", "Supply and Marketing Cooperative"),
        ("TW", "退役军人事务局", "退役局", "Veterans Bureau"),
        ("RF", "人民防空办公室", "人防办", "Civil Defence Office"),
    )
)

SURNAMES: Final = tuple("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
GIVEN_NAMES: Final = tuple("岚澄溪霁筠彦朔蘅珩昀澍霖沅祺瑄笙")
