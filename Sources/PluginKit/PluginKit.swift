// A plugin imports PluginKit and nothing else, so the words it declares with come through this door: roles
// and refusals from Vocabulary, fields and rules from Shapes, and the values that tests fill forms with
// from JSON.
@_exported public import JSON
@_exported public import Shapes
@_exported public import Vocabulary
