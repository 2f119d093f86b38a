using Microsoft.CodeAnalysis;

namespace Pilotage.Generators;

/// <summary>How a tensor may leave the step that owns its values. It would throw when it is used; these tell it when it is written.</summary>
internal static class TensorProblems
{
    public static readonly DiagnosticDescriptor Stored = Warning(
        "PILG011", "A tensor is stored beyond its step",
        "'{0}' keeps a tensor, whose values end with their step. Keep floats (CopyTo), or a Parameter, and make the tensor anew in each step.");

    public static readonly DiagnosticDescriptor Captured = Warning(
        "PILG012", "A tensor is captured by a function that outlives its step",
        "'{0}' is a tensor in a function that {1}: its step has ended, or belongs to another thread, when the function runs. Take values out with Item or CopyTo first.");

    public static readonly DiagnosticDescriptor Awaited = Warning(
        "PILG013", "A tensor is used across an await or a yield",
        "'{0}' is a tensor that is used again after '{1}': its step has ended, or belongs to another thread, by then. Take values out with Item or CopyTo first.");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "Pilotage.Tensors", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
