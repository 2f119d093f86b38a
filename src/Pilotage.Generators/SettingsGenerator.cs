using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Pilotage.Generators;

/// <summary>Adds <c>static SettingsSchema Schema</c> to each record marked <c>[Settings]</c>, from its comments, ranges and defaults.</summary>
/// <remarks>Comments are not in metadata, so only the compiler can carry them into help, YAML and documentation.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class SettingsGenerator : IIncrementalGenerator
{
    internal const string AttributeName = "Pilotage.Settings.SettingsAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var records = context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeName, static (node, _) => node is TypeDeclarationSyntax, static (target, cancellation) => RecordReader.Read(target, cancellation));
        context.RegisterSourceOutput(records, static (output, record) =>
        {
            foreach (var problem in record.Problems) output.ReportDiagnostic(problem.ToDiagnostic());
            if (record.Problems.Count > 0) return;
            var name = record.FullName.Replace("global::", "").Replace('<', '_').Replace('>', '_');
            output.AddSource($"{name}.Schema.g.cs", SourceText.From(SchemaWriter.Write(record), Encoding.UTF8));
        });
    }
}
