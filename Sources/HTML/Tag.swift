/// The name of an element; calling it writes one: `Tag.p(.class("lead")) { text }`.
public struct Tag: Sendable {
    let name: StaticString
    let isVoid: Bool

    init(_ name: StaticString, isVoid: Bool = false) {
        self.name = name
        self.isVoid = isVoid
    }

    /// An element with its attributes and what stands between its tags.
    public func callAsFunction(
        _ attributes: Attribute..., @MarkupBuilder content: () -> Markup = { Markup() }
    ) -> Markup {
        var whole = Markup()
        whole.append(literal: "<")
        whole.append(literal: name)
        for attribute in attributes { whole.append(attribute) }
        whole.append(literal: ">")
        guard !isVoid else { return whole }
        whole.append(content())
        whole.append(literal: "</")
        whole.append(literal: name)
        whole.append(literal: ">")
        return whole
    }
}

extension Tag {
    static let html = Tag("html")
}

// The page and its parts.
extension Tag {
    /// `<head>`
    public static let head = Tag("head")
    /// `<title>`
    public static let title = Tag("title")
    /// `<style>`
    public static let style = Tag("style")
    /// `<script>`
    public static let script = Tag("script")
    /// `<body>`
    public static let body = Tag("body")
    /// `<header>`
    public static let header = Tag("header")
    /// `<nav>`
    public static let nav = Tag("nav")
    /// `<main>`
    public static let main = Tag("main")
    /// `<section>`
    public static let section = Tag("section")
    /// `<article>`
    public static let article = Tag("article")
    /// `<footer>`
    public static let footer = Tag("footer")
    /// `<div>`
    public static let div = Tag("div")
    /// `<meta>`, which has no content.
    public static let meta = Tag("meta", isVoid: true)
    /// `<link>`, which has no content.
    public static let link = Tag("link", isVoid: true)
}

// Text.
extension Tag {
    /// `<h1>`
    public static let h1 = Tag("h1")
    /// `<h2>`
    public static let h2 = Tag("h2")
    /// `<h3>`
    public static let h3 = Tag("h3")
    /// `<p>`
    public static let p = Tag("p")
    /// `<a>`
    public static let a = Tag("a")
    /// `<strong>`
    public static let strong = Tag("strong")
    /// `<em>`
    public static let em = Tag("em")
    /// `<small>`
    public static let small = Tag("small")
    /// `<code>`
    public static let code = Tag("code")
    /// `<pre>`
    public static let pre = Tag("pre")
    /// `<span>`
    public static let span = Tag("span")
    /// `<ul>`
    public static let ul = Tag("ul")
    /// `<ol>`
    public static let ol = Tag("ol")
    /// `<li>`
    public static let li = Tag("li")
    /// `<dl>`
    public static let dl = Tag("dl")
    /// `<dt>`
    public static let dt = Tag("dt")
    /// `<dd>`
    public static let dd = Tag("dd")
    /// `<br>`, which has no content.
    public static let br = Tag("br", isVoid: true)
}

// Tables.
extension Tag {
    /// `<table>`
    public static let table = Tag("table")
    /// `<caption>`
    public static let caption = Tag("caption")
    /// `<thead>`
    public static let thead = Tag("thead")
    /// `<tbody>`
    public static let tbody = Tag("tbody")
    /// `<tr>`
    public static let tr = Tag("tr")
    /// `<th>`
    public static let th = Tag("th")
    /// `<td>`
    public static let td = Tag("td")
}

// What opens, asks and answers.
extension Tag {
    /// `<details>`
    public static let details = Tag("details")
    /// `<summary>`
    public static let summary = Tag("summary")
    /// `<form>`
    public static let form = Tag("form")
    /// `<fieldset>`
    public static let fieldset = Tag("fieldset")
    /// `<legend>`
    public static let legend = Tag("legend")
    /// `<label>`
    public static let label = Tag("label")
    /// `<textarea>`
    public static let textarea = Tag("textarea")
    /// `<select>`
    public static let select = Tag("select")
    /// `<option>`
    public static let option = Tag("option")
    /// `<button>`
    public static let button = Tag("button")
    /// `<output>`
    public static let output = Tag("output")
    /// `<input>`, which has no content.
    public static let input = Tag("input", isVoid: true)
}
