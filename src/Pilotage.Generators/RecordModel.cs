namespace Pilotage.Generators;

/// <summary>A settings record as the source says it: all that the schema is written from, and nothing that the compiler holds on to.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Containers">Headers of the types around it, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Name">Name of the record.</param>
/// <param name="FullName">With <c>global::</c>, as generated code names it.</param>
/// <param name="Summary">Documentation of the record as plain text.</param>
/// <param name="Fields">In the order of the source.</param>
/// <param name="Problems">What keeps the record from being settings; nothing is generated if there are any.</param>
internal sealed record RecordModel(
    string Namespace, EquatableArray<string> Containers, string Name, string FullName, string Summary,
    EquatableArray<FieldModel> Fields, EquatableArray<ProblemModel> Problems);
