"""Write the article itself: its record and the text that all spans count in."""

from __future__ import annotations

from kg.graph import iris, literals
from kg.graph.evidence import Evidence
from kg.graph.triple_builder import TripleBuilder
from kg.graph.vocabulary import DCTERMS, NIF, NKG, RDF, SCHEMA, XSD


def write(builder: TripleBuilder) -> None:
    """Write DOC with what the input gives, its text, and a context for a title that is not part of it."""
    article, doc, add = builder.facts.article, builder.doc, builder.add
    add(doc, RDF.type, SCHEMA.NewsArticle)
    add(doc, DCTERMS.identifier, literals.text(article.id))
    add(doc, SCHEMA.inLanguage, literals.text(article.language))
    for author in article.authors:
        add(doc, SCHEMA.author, literals.text(author))
    if article.title:
        add(doc, SCHEMA.headline, literals.text(article.title))
    if article.date:
        add(doc, SCHEMA.datePublished, literals.published(article.date))
    if article.publisher:
        add(doc, SCHEMA.publisher, literals.text(article.publisher))
    if article.url:
        # a literal, not an IRI: what a page calls its address may be anything
        add(doc, SCHEMA.url, literals.typed(article.url, XSD.anyURI))
    if article.source:
        add(doc, DCTERMS.source, literals.text(article.source))
    if article.sha256:
        add(doc, NKG.sha256, literals.text(article.sha256))
    add(builder.context, RDF.type, NIF.Context)
    if builder.evidence is Evidence.FULL:
        add(builder.context, NIF.beginIndex, literals.index(0))
        add(builder.context, NIF.endIndex, literals.index(len(builder.text)))
    add(builder.context, NIF.isString, literals.text(builder.text))
    add(builder.context, NIF.sourceUrl, doc)
    if article.title and article.title_span is None:
        title = iris.title_iri(doc)
        add(title, RDF.type, NIF.Context)
        add(title, NIF.isString, literals.text(article.title))
        add(title, NIF.sourceUrl, doc)
