"""The prefectures of Hubei in both languages, so that nobody has to translate where they are. Pure.

Source: GB/T 2260, 42 湖北省: the prefecture-level divisions and the cities and the district directly under the province.
"""

from zuji.engine.text import Text, same

HUBEI = (
    Text("湖北武汉", "Wuhan, Hubei"),
    Text("湖北黄石", "Huangshi, Hubei"),
    Text("湖北十堰", "Shiyan, Hubei"),
    Text("湖北宜昌", "Yichang, Hubei"),
    Text("湖北襄阳", "Xiangyang, Hubei"),
    Text("湖北鄂州", "Ezhou, Hubei"),
    Text("湖北荆门", "Jingmen, Hubei"),
    Text("湖北孝感", "Xiaogan, Hubei"),
    Text("湖北荆州", "Jingzhou, Hubei"),
    Text("湖北黄冈", "Huanggang, Hubei"),
    Text("湖北咸宁", "Xianning, Hubei"),
    Text("湖北随州", "Suizhou, Hubei"),
    Text("湖北恩施", "Enshi, Hubei"),
    Text("湖北仙桃", "Xiantao, Hubei"),
    Text("湖北潜江", "Qianjiang, Hubei"),
    Text("湖北天门", "Tianmen, Hubei"),
    Text("湖北神农架", "Shennongjia, Hubei"),
)


def named_city(written: str) -> Text:
    """A city in both languages where it is known in one; another one as it was written.

    >>> named_city("黄石市")
    Text(zh='湖北黄石', en='Huangshi, Hubei')
    >>> named_city("九江")
    Text(zh='九江', en='九江')
    """
    bare = written.removesuffix("市").removeprefix("湖北省").removeprefix("湖北").strip().lower()
    for city in HUBEI:
        if bare and bare in {city.zh.removeprefix("湖北"), city.en.lower(), city.en.removesuffix(", Hubei").lower()}:
            return city
    return same(written)
