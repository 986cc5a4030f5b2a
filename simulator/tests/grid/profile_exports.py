"""Small files in the shape of the exports that people have: made up, values by a formula that tests know."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Value = Callable[[datetime], float]


def moments(start: str, minutes: int, count: int) -> list[datetime]:
    """Return times one after the other, on a clock without summer time."""
    first = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return [first + timedelta(minutes=minutes * step) for step in range(count)]


def noon(moment: datetime) -> float:
    """Return 1.0 from 12:00 to 13:00, 0.5 the hours beside it, else 0."""
    return {11: 0.5, 12: 1.0, 13: 0.5}.get(moment.hour, 0.0)


def pvgis(days: int = 2, watts: float = 800, kwp: str = "1.0") -> str:
    """Return hours of UTC as PVGIS writes them: a legend below, ten minutes past the hour."""
    head = (
        "Latitude (decimal degrees):\t45.000\nLongitude (decimal degrees):\t8.000\nElevation (m):\t250\n"
        f"Radiation database:\tPVGIS\nNominal power of the PV system (c-Si) (kWp):\t{kwp}\n\n\n"
        "time,P,G(i),H_sun,T2m,WS10m,Int\n"
    )
    rows = [
        f"{moment:%Y%m%d:%H}10,{watts * noon(moment):.1f},{900 * noon(moment):.2f},10.0,3.4,1.2,0.0\n"
        for moment in moments("2023-01-01", 60, 24 * days)
    ]
    foot = (
        "\nP: PV system power (W)\nG(i): Global irradiance on the inclined plane (W/m2)\n\nPVGIS (c) 2024\n"
    )
    return head + "".join(rows) + foot


def ninja(days: int = 2, ahead: int = 1) -> str:
    """Return hours of UTC with local time beside them, as renewables.ninja writes them."""
    head = (
        "# Renewables.ninja PV (Point API) - 45.0, 8.0 - Version: 1.3\n# Reference: https://doi.org/10.0/0\n"
        '# {"units": {"time": "UTC", "local_time": "Europe/Rome", "electricity": "kW"},'
        ' "params": {"capacity": 1.0}}\n'
        "time,local_time,electricity\n"
    )
    rows = [
        f"{moment:%Y-%m-%d %H:%M},{moment + timedelta(hours=ahead):%Y-%m-%d %H:%M},{0.8 * noon(moment):.3f}\n"
        for moment in moments("2019-01-01", 60, 24 * days)
    ]
    return head + "".join(rows)


def pvwatts(days: int = 365) -> str:
    """Return hours by month, day and hour, with totals below, as PVWatts writes them."""
    head = (
        '"Requested Location:","Somewhere"\n"Latitude (deg N):","45.0"\n"Longitude (deg W):","-8.0"\n'
        '"DC System Size (kW):","4"\n"Module Type:","Standard"\n"System Losses (%):","14.08"\n\n'
        '"Month","Day","Hour","Beam Irradiance (W/m2)","Ambient Temperature (C)",'
        '"Plane of Array Irradiance (W/m2)","DC Array Output (W)","AC System Output (W)"\n'
    )
    rows = [
        f'"{m.month}","{m.day}","{m.hour}","0","3.1","0","{3500 * noon(m):.3f}","{3200 * noon(m):.3f}"\n'
        for m in moments("2023-01-01", 60, 24 * days)
    ]
    return head + "".join(rows) + '"Totals","","","0","","0","7000","6400"\n'


def bdew() -> str:
    """Return nine days by season and day, each constant: 10 to 90 W in the order of the columns."""
    seasons, days = ("Winter", "Sommer", "Übergangszeit"), ("Samstag", "Sonntag", "Werktag")
    head = f"[W];{';;;'.join(seasons)};;\n;{';'.join(days * 3)}\n"
    times = [f"{step // 4 % 24:02d}:{step % 4 * 15:02d}" for step in range(1, 97)]
    return head + "".join(f"{time};{';'.join(f'{10 * n},5' for n in range(1, 10))}\n" for time in times)


def enedis(days: int = 7) -> str:
    """Return half-hours in W with their zone, at the ends of intervals, under two lines about the meter."""
    head = (
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
        "Etape metier;Unite;Pas en minutes\n"
        "00000000000000;Courbe de charge;03/07/2023;10/07/2023;Energie active;Consommation;"
        "Comptage Brut;W;30\n"
        "Horodate;Valeur\n"
    )
    rows = [
        f"{moment + timedelta(minutes=30):%Y-%m-%dT%H:%M:%S}+02:00;{1000 + 2000 * noon(moment):.0f}\n"
        for moment in moments("2023-07-03", 30, 48 * days)
    ]
    return head + "".join(rows)


def london(days: int = 14) -> str:
    """Return half-hours in kWh, one of them Null, as London's smart meters were published."""
    rows = []
    for number, moment in enumerate(moments("2012-10-12", 30, 48 * days)):
        value = "Null" if number == 100 else f"{0.5 + noon(moment):g}"
        stamp = f"{moment + timedelta(minutes=30):%Y-%m-%d %H:%M:%S}.0000000"
        rows.append(f"MAC000002,Std,{stamp}, {value} ,ACORN-A,Affluent\n")
    return "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped\n" + "".join(rows)


def fluvius(days: int = 2) -> str:
    """Return quarter-hours of four registers below each other, as a Flemish meter's owner downloads them."""
    head = (
        "Van (datum);Van (tijdstip);Tot (datum);Tot (tijdstip);EAN-code;Meter;Metertype;Register;Volume;"
        "Eenheid;Validatiestatus;Omschrijving\n"
    )
    rows = []
    for moment in moments("2023-01-02", 15, 96 * days):
        day = "Dag" if 7 <= moment.hour < 22 else "Nacht"
        end = moment + timedelta(minutes=15)
        for register, value in ((f"Afname {day}", 0.5 + noon(moment)), (f"Injectie {day}", noon(moment) / 4)):
            rows.append(
                f'{moment:%d-%m-%Y;%H:%M:%S};{end:%d-%m-%Y;%H:%M:%S};="541448860000000000";="1SAG1100000000";'
                f"Digitale meter;{register};{f'{value:g}'.replace('.', ',')};kWh;Gevalideerd;\n"
            )
    return head + "".join(rows)
