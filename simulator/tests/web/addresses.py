"""The site's addresses, as tests ask for them."""

PAGES = {
    "feeders": "/",
    "run": "/feeders/feeder_00/",
    "day": "/feeders/feeder_00/day/",
    "sweep": "/feeders/feeder_00/sweep/",
    "standards": "/feeders/feeder_00/standards/",
    "monte-carlo": "/feeders/feeder_00/monte-carlo/",
    "nodes": "/feeders/feeder_00/nodes/",
    "why": "/feeders/feeder_00/why/",
    "measures": "/feeders/feeder_00/measures/",
    "network": "/feeders/feeder_00/network/",
    "compare": "/compare/",
    "help": "/help/",
}
FILES = {
    "feeders": "/feeders",
    "run": "/feeders/feeder_00/run",
    "day": "/feeders/feeder_00/day",
    "sweep": "/feeders/feeder_00/sweep",
    "standards": "/feeders/feeder_00/standards",
    "monte-carlo": "/feeders/feeder_00/monte-carlo",
    "nodes": "/feeders/feeder_00/nodes",
    "why": "/feeders/feeder_00/why",
    "measures": "/feeders/feeder_00/measures",
    "network": "/feeders/feeder_00/network",
    "compare": "/compare",
    "help": "/help",
}
# A question for each page that is the default in no field.
QUESTIONS = {
    "feeders": "?pv_adoption=0.7&battery_adoption=0.2&limits=uk&q=feeder&sort=households&order=desc",
    "run": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk",
    "day": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk",
    "sweep": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk&times=11:00,13:15",
    "standards": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk&times=11:00,13:15"
    "&low=0.92&high=1.08&rise=2.5&loading=80",
    "monte-carlo": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk&placements=60&seed=7"
    "&quarter_hours=all",
    "nodes": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&when=day&limits=uk",
    "why": "?pv_adoption=0.7&battery_adoption=0.2&when=time&time=13:15&bus=bus_7&limits=uk",
    "measures": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk&times=11:00,13:15",
    "network": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk",
    "compare": "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk&times=11:00,13:15"
    "&feeders=feeder_03&feeders=feeder_05&sort=loss&order=desc",
    "help": "",
}
SHOWS_A_FEEDER = ("run", "day", "sweep", "standards", "monte-carlo", "nodes", "why", "measures", "network")
TAKES_ADOPTION = (
    "feeders",
    "run",
    "day",
    "sweep",
    "standards",
    "monte-carlo",
    "nodes",
    "why",
    "measures",
    "network",
    "compare",
)
