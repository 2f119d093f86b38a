using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Pilotage.Generators;

/// <summary>A diagnostic without the syntax tree, which would keep the whole compilation alive and never compare equal.</summary>
/// <param name="Id">Which of <see cref="SettingsProblems"/>.</param>
/// <param name="Subject">The record or property.</param>
/// <param name="Detail">What stands there.</param>
/// <param name="Path">Source file.</param>
/// <param name="Span">Where in the file.</param>
/// <param name="Lines">The same by line and column.</param>
internal sealed record ProblemModel(string Id, string Subject, string Detail, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static ProblemModel At(Location location, DiagnosticDescriptor descriptor, string subject, string detail = "") =>
        new(descriptor.Id, subject, detail, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Diagnostic ToDiagnostic() => Diagnostic.Create(SettingsProblems.ById(Id), Location.Create(Path, Span, Lines), Subject, Detail);
}
