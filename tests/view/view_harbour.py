"""An invented dispute over an invented harbour: some forty actors and places, four articles, every kind of fact."""

from __future__ import annotations

from rdflib import Graph
from view_stories import Teller

from kg.view.terms import NKG, ORG, SCHEMA


def harbour() -> Graph:
    """Return the graph of the dispute."""
    t = Teller()
    d1 = t.article(
        "strait-closed",
        "Velmark closes the strait after a night of gunfire",
        "2031-03-04",
        "Northern Wire",
        "https://news.example/strait",
    )
    d2 = t.article(
        "talks-in-ostby",
        "Ministers meet in Ostby as the blockade bites",
        "2031-03-09",
        "The Courier",
        "https://news.example/talks",
    )
    d3 = t.article(
        "sanctions-vote",
        "Assembly votes for sanctions; dockers walk out",
        "2031-03-15",
        "Daily Ledger",
        "https://news.example/vote",
    )
    d4 = t.article("ceasefire", "Truce signed at dawn, and broken by noon", "2031-03-21", "Northern Wire")
    velmark = t.thing(
        "Place", "velmark", "Velmark", "the republic", "Velmarkian", cls="Country", at=(57.2, 21.4)
    )
    sorrel = t.thing("Place", "sorrel", "Sorrel Isles", "the Isles", cls="Country", at=(58.6, 18.1))
    tarn = t.thing("Place", "tarnovia", "Tarnovia", cls="Country", at=(52.1, 16.9))
    ostby = t.thing("Place", "ostby", "Ostby", cls="City", at=(59.9, 10.7))
    kelm = t.thing("Place", "kelm-harbour", "Kelm Harbour", "Kelm", cls="City", at=(56.9, 20.9))
    lune = t.thing("Place", "lune-strait", "Lune Strait", "the strait", at=(57.8, 19.6))
    aldis = t.thing("Place", "aldis", "Aldis", cls="City", at=(57.5, 22.8))
    maro = t.thing("Person", "ilse-maro", "Ilse Maro", "Maro", "the foreign minister", "Madame Maro")
    brandt = t.thing("Person", "otto-verhagen", "Otto Verhagen", "Verhagen", "the president")
    sefton = t.thing("Person", "dame-ruth-sefton", "Ruth Sefton", "Sefton", "the premier")
    okoro = t.thing("Person", "daniel-okafor-lind", "Daniel Lind", "Lind", "the envoy")
    haas = t.thing("Person", "general-haas", "Viktor Haas", "General Haas", "Haas")
    pell = t.thing("Person", "nora-pell", "Nora Pell", "Pell")
    yun = t.thing("Person", "yun-wei", "云薇", "Yun Wei")
    amal = t.thing("Person", "amal-haddad", "أمل حداد", "Amal Haddad")
    strand = t.thing("Person", "mikkel-strand", "Mikkel Strand", "Strand")
    ferro = t.thing("Person", "lucia-ferro", "Lucia Ferro", "Ferro")
    navy = t.thing("Organization", "velmark-navy", "Velmark Navy", "the navy", cls="GovernmentOrganization")
    guard = t.thing(
        "Organization",
        "sorrel-coast-guard",
        "Sorrel Coast Guard",
        "the coast guard",
        cls="GovernmentOrganization",
    )
    assembly = t.thing("Organization", "baltic-assembly", "Northern Assembly", "the Assembly", "NA")
    dockers = t.thing("Organization", "dockers-union", "Dockers' Union", "the union")
    council = t.thing("Organization", "kelm-council", "Kelm Council")
    halden = t.thing("Organization", "halden-shipping", "Halden Shipping", "Halden")
    relief = t.thing("Organization", "open-hands", "Open Hands", "the charity")
    tide = t.thing(
        "Organization", "free-tide", "Free Tide Front", "Free Tide", "the front", cls="nkg:ArmedGroup"
    )
    court = t.thing("Organization", "maritime-court", "Maritime Court", "the court")
    unity = t.thing("Organization", "unity-party", "Unity Party", "Unity", cls="nkg:PoliticalParty")
    wire = t.thing("Organization", "harbour-radio", "Harbour Radio", cls="NewsMediaOrganization")
    sailors = t.thing("Group", "sailors", "three sailors")
    fishers = t.thing("Group", "fishing-families", "fishing families")
    officials = t.thing("Group", "two-officials", "two officials")
    crowd = t.thing("Group", "protesters", "thousands of protesters")

    t.role(
        maro,
        "foreign minister",
        velmark,
        d1,
        "Ilse Maro, foreign minister of Velmark, had promised calm only hours before.",
    )
    t.role(brandt, "president", velmark, d1, "Otto Verhagen, president of Velmark, watched from the quay.")
    t.role(sefton, "premier", sorrel, d1, "Ruth Sefton, premier of the Sorrel Isles, cut short her visit.")
    t.role(
        okoro, "special envoy", assembly, d2, "Daniel Lind, special envoy of the Assembly, hosted both sides."
    )
    t.role(haas, "commander", navy, d1, "General Haas, commander of the navy, gave the order himself.")
    t.role(pell, "chair", dockers, d3, "Nora Pell, chair of the Dockers' Union, stood on a crate.")
    t.role(strand, "mayor", kelm, d2, "Mikkel Strand, mayor of Kelm, had not slept.")
    t.role(ferro, "judge", court, d3, "Lucia Ferro, a judge at the Maritime Court, read the ruling.")
    t.role(yun, "correspondent", wire, d2, "云薇, correspondent of Harbour Radio, was on the pier.")
    t.role(amal, "director", relief, d2, "أمل حداد, director of Open Hands, flew in at night.")
    t.role(
        strand,
        "deputy",
        unity,
        d2,
        "Strand, once a deputy of the Unity Party, has left politics twice.",
        former=True,
    )
    t.role(
        sefton, "harbour pilot", None, d1, "Sefton, a former harbour pilot, knows the shoals.", former=True
    )
    t.relation(
        navy,
        ORG.subOrganizationOf,
        velmark,
        d1,
        "The navy, an arm of the Velmark state, said nothing.",
        "arm",
    )
    t.relation(guard, ORG.subOrganizationOf, sorrel, d1, "The Sorrel Coast Guard answered within minutes.")
    t.relation(
        kelm, SCHEMA.location, velmark, d1, "Kelm Harbour lies on the western shore of Velmark.", "lies on"
    )
    t.relation(tarn, NKG.alliedWith, sorrel, d2, "Tarnovia, an ally of the Isles, sent a frigate.", "ally")
    t.relation(
        tide,
        NKG.opposes,
        velmark,
        d1,
        "The Free Tide Front, which opposes rule from Aldis, claimed the raid.",
        "opposes",
    )
    t.relation(maro, SCHEMA.nationality, velmark, d1, "The Velmarkian minister was pale.", "Velmarkian")
    t.relation(unity, SCHEMA.location, aldis, d2, "Unity, based in Aldis, rules alone.", "based")

    q1 = t.quote(
        sefton,
        "They fired first, and they fired at fishermen",
        d1,
        "“They fired first, and they fired at fishermen,” Sefton said on the quay.",
        about=[navy, velmark],
        date="2031-03-03",
    )
    q2 = t.quote(
        maro,
        "Not one shell left our decks before midnight",
        d1,
        "“Not one shell left our decks before midnight,” Maro told Harbour Radio.",
        about=[navy],
        to=wire,
        cue="told",
        date="2031-03-04",
    )
    q3 = t.quote(
        officials,
        "the front had been warned twice",
        d1,
        "Two officials said the front had been warned twice.",
        about=[tide],
        direct=False,
        date="2031-03-04",
    )
    t.quote(
        pell,
        "No crane will move until the boats come home",
        d3,
        "“No crane will move until the boats come home,” Pell told the crowd.",
        about=[halden],
        to=crowd,
        cue="told",
        date="2031-03-14",
    )
    t.quote(
        okoro,
        "A closed strait is a closed mouth",
        d2,
        "“A closed strait is a closed mouth,” Lind said in Ostby.",
        about=[velmark, sorrel],
        date="2031-03-08",
    )
    t.quote(
        amal,
        "الناس جائعون",
        d2,
        "“الناس جائعون,” Haddad said as the boxes came ashore.",
        about=[fishers],
        date="2031-03-08",
    )
    t.quote(
        ferro,
        "The law of the sea has no night shift",
        d3,
        "“The law of the sea has no night shift,” Ferro wrote.",
        about=[velmark],
        cue="wrote",
        date="2031-03-13",
    )
    t.quote(
        strand,
        "We are a harbour, not a front line",
        d4,
        "“We are a harbour, not a front line,” the mayor said.",
        about=[kelm, navy],
        date="2031-03-20",
    )

    e = t.event
    e(
        "plover:Assault",
        "fired on",
        d1,
        "Navy gunboats fired on a coast guard cutter in the Lune Strait shortly before one.",
        agent=[navy],
        patient=[guard],
        place=[lune],
        date="2031-03-03",
        label="Velmark Navy fired on the Sorrel Coast Guard",
    )
    e(
        "plover:Assault",
        "wounded",
        d1,
        "The shelling wounded three sailors.",
        agent=[navy],
        patient=[sailors],
        place=[lune],
        date="2031-03-03",
        label="The shelling wounded three sailors",
    )
    e(
        "plover:Coerce",
        "closed",
        d1,
        "Velmark closed the strait to all shipping from the Isles at dawn.",
        agent=[velmark],
        patient=[sorrel],
        place=[lune],
        date="2031-03-04",
        label="Velmark closed the strait to the Sorrel Isles",
    )
    e(
        "plover:Accuse",
        "accused",
        d1,
        "Sefton accused Velmark of piracy.",
        agent=[sefton],
        patient=[velmark],
        date="2031-03-04",
        label="Sefton accused Velmark of piracy",
        by=q1,
    )
    e(
        "plover:Accuse",
        "blamed",
        d1,
        "Maro blamed the Free Tide Front.",
        agent=[maro],
        patient=[tide],
        date="2031-03-04",
        label="Maro blamed the Free Tide Front",
    )
    e(
        "plover:Assault",
        "raided",
        d1,
        "The front raided a customs post at Kelm on Sunday, two officials said.",
        agent=[tide],
        patient=[kelm],
        place=[kelm],
        date="2031-03-02",
        modality="Reported",
        by=q3,
        label="Free Tide raided a customs post at Kelm",
    )
    e(
        "plover:Threaten",
        "threatened",
        d1,
        "Verhagen threatened the Isles with a longer blockade.",
        agent=[brandt],
        patient=[sorrel],
        date="2031-03-04",
        label="Verhagen threatened the Sorrel Isles",
    )
    e(
        "plover:Threaten",
        "warned",
        d2,
        "General Haas warned Tarnovia to keep its frigate south of the line.",
        agent=[haas],
        patient=[tarn],
        date="2031-03-07",
        label="Haas warned Tarnovia",
    )
    e(
        "plover:Mobilize",
        "sent",
        d2,
        "Tarnovia sent a frigate toward Kelm.",
        agent=[tarn],
        patient=[velmark],
        place=[kelm],
        date="2031-03-06",
        label="Tarnovia sent a frigate toward Kelm",
    )
    e(
        "plover:Consult",
        "met",
        d2,
        "Maro met Sefton in Ostby on Saturday, with Lind between them.",
        agent=[maro, sefton],
        patient=[okoro],
        place=[ostby],
        date="2031-03-08",
        label="Maro met Sefton in Ostby",
    )
    e(
        "plover:Consult",
        "talked",
        d2,
        "Maro and Sefton talked for nine hours.",
        agent=[maro, sefton],
        place=[ostby],
        date="2031-03-08",
        label="Maro and Sefton talked for nine hours",
    )
    e(
        "plover:Consult",
        "meet",
        d2,
        "The premier plans to meet Verhagen in Aldis.",
        agent=[sefton],
        patient=[brandt],
        place=[aldis],
        date="2031-03-18",
        modality="Planned",
        label="Sefton plans to meet Verhagen",
    )
    e(
        "plover:Aid",
        "brought",
        d2,
        "Open Hands brought flour to fishing families on the outer isles.",
        agent=[relief],
        patient=[fishers],
        place=[sorrel],
        date="2031-03-08",
        label="Open Hands brought flour to fishing families",
    )
    e(
        "plover:Aid",
        "aid",
        d2,
        "Tarnovia's aid to the Isles arrived by air.",
        agent=[tarn],
        patient=[sorrel],
        date="2031-03-09",
        label="Tarnovia aided the Sorrel Isles",
    )
    e(
        "plover:Support",
        "backed",
        d2,
        "The Unity Party backed its president without a vote.",
        agent=[unity],
        patient=[brandt],
        place=[aldis],
        date="2031-03-05",
        label="Unity backed Verhagen",
    )
    e(
        "plover:Support",
        "thanked",
        d2,
        "Sefton thanked Tarnovia.",
        agent=[sefton],
        patient=[tarn],
        date="2031-03-09",
        label="Sefton thanked Tarnovia",
    )
    e(
        "plover:Reject",
        "refused",
        d2,
        "Verhagen refused Lind's plan.",
        agent=[brandt],
        patient=[okoro],
        date="2031-03-10",
        label="Verhagen refused Lind's plan",
    )
    e(
        "plover:Request",
        "urged",
        d2,
        "Lind urged Velmark to lift the blockade.",
        agent=[okoro],
        patient=[velmark],
        date="2031-03-08",
        label="Lind urged Velmark to lift the blockade",
    )
    e(
        "plover:Request",
        "appealed",
        d2,
        "Strand appealed to the Assembly for help.",
        agent=[strand],
        patient=[assembly],
        place=[kelm],
        date="2031-03-09",
        label="Strand appealed to the Assembly",
    )
    e(
        "plover:Sanction",
        "sanctions",
        d3,
        "The Assembly voted for sanctions against Velmark, 31 to 9.",
        agent=[assembly],
        patient=[velmark],
        place=[ostby],
        date="2031-03-14",
        label="The Assembly imposed sanctions on Velmark",
    )
    e(
        "plover:Sanction",
        "froze",
        d3,
        "It froze the accounts of Halden Shipping.",
        agent=[assembly],
        patient=[halden],
        date="2031-03-14",
        label="The Assembly froze Halden's accounts",
    )
    e(
        "plover:Protest",
        "walked out",
        d3,
        "Dockers walked out at Kelm in protest against Halden.",
        agent=[dockers],
        patient=[halden],
        place=[kelm],
        date="2031-03-14",
        label="Dockers walked out at Kelm",
    )
    e(
        "plover:Protest",
        "marched",
        d3,
        "Thousands of protesters marched through Aldis.",
        agent=[crowd],
        place=[aldis],
        date="2031-03-15",
        label="Protesters marched through Aldis",
    )
    e(
        "plover:Coerce",
        "arrested",
        d3,
        "Police of the republic arrested Nora Pell, her union said.",
        agent=[velmark],
        patient=[pell],
        date="2031-03-15",
        modality="Reported",
        label="Velmark arrested Nora Pell",
        confidence=0.61,
    )
    e(
        "nkg:Legal",
        "ruled",
        d3,
        "The Maritime Court ruled against Velmark.",
        agent=[court],
        patient=[velmark],
        date="2031-03-13",
        label="The Maritime Court ruled against Velmark",
    )
    e(
        "nkg:Investigate",
        "examine",
        d3,
        "The court may examine Halden's contracts.",
        agent=[court],
        patient=[halden],
        modality="Hypothetical",
        date="2031-04",
        label="The court may investigate Halden",
        confidence=0.55,
    )
    e(
        "plover:Agree",
        "signed",
        d4,
        "Maro and Sefton signed a truce at dawn in Ostby.",
        agent=[maro, sefton],
        place=[ostby],
        date="2031-03-20",
        label="Maro and Sefton signed a truce",
    )
    e(
        "plover:Agree",
        "accepted",
        d4,
        "Velmark accepted the truce with the Isles.",
        agent=[velmark],
        patient=[sorrel],
        date="2031-03-20",
        label="Velmark agreed with the Sorrel Isles",
    )
    e(
        "plover:Assault",
        "shelled",
        d4,
        "By noon the front had shelled the navy's pier at Kelm.",
        agent=[tide],
        patient=[navy],
        place=[kelm],
        date="2031-03-20",
        label="Free Tide shelled the navy's pier",
    )
    e(
        "plover:Assault",
        "attack",
        d4,
        "Haas denied any attack on the coast guard.",
        agent=[navy],
        patient=[guard],
        modality="Negated",
        date="2031-03-20",
        label="The navy did not attack the coast guard",
        by=q2,
        confidence=0.7,
    )
    e(
        "plover:Reject",
        "rejected",
        d4,
        "Pell rejected an offer from Halden.",
        agent=[pell],
        patient=[halden],
        date="2031-03-19",
        label="Pell rejected Halden's offer",
    )
    e(
        "plover:Cooperate",
        "worked",
        d4,
        "The council worked with Open Hands through the night.",
        agent=[council],
        patient=[relief],
        place=[kelm],
        date="2031-03-19",
        label="Kelm Council worked with Open Hands",
    )
    e(
        "nkg:Elect",
        "elected",
        d4,
        "The council elected Strand for a third time.",
        agent=[council],
        patient=[strand],
        date="2031-03-16",
        label="The council elected Strand",
    )
    e(
        "plover:Retreat",
        "pulled back",
        d4,
        "The navy pulled back from the Lune Strait.",
        agent=[navy],
        place=[lune],
        date="2031-03-21",
        label="The navy pulled back from the strait",
    )
    e(
        "nkg:Die",
        "died",
        d4,
        "One of the three sailors died on Friday.",
        patient=[sailors],
        place=[kelm],
        date="2031-03-21",
        label="A sailor died",
    )
    return t.graph
