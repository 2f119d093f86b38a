using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pilotage.Generators;
using Pilotage.Settings;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Generators;

public sealed class SettingsGeneratorTests
{
    private const string Prelude = "using System.Collections.Generic;\nusing System.ComponentModel.DataAnnotations;\nusing Pilotage.Settings;\nnamespace Users;\n";

    [Fact]
    public void Record_OfEachKind_GivesASchemaThatCompiles()
    {
        var (output, result) = Run("""
            public enum Colour { Red, DarkBlue }

            /// <summary>Inner ones.</summary>
            [Settings] public sealed partial record Inner
            {
                /// <summary>A number.</summary>
                public double? Number { get; init; }
            }

            public static partial class Outer
            {
                /// <summary>All kinds, for <see cref="Inner"/>, see <paramref name="x"/> and <see langword="null"/>.</summary>
                [Settings] internal sealed partial record Every
                {
                    /// <summary>
                    /// Said "so" in <c>two</c>
                    ///   lines.
                    /// </summary>
                    [Range(1, int.MaxValue)] public int Count { get; init; } = 1;

                    /// <summary>One of two.</summary>
                    [AllowedValues("a\"b", "c")] public string @Class { get; init; } = "c";

                    /// <summary>May be absent.</summary>
                    public string? Note { get; init; }

                    /// <summary>Colours.</summary>
                    public IReadOnlyList<Colour> Colours { get; init; } = [Colour.Red];

                    /// <summary>Nested.</summary>
                    public Inner Inner { get; init; } = new();

                    public int Twice => 2 * Count;
                    public static int Shared { get; set; }
                    internal int Hidden { get; set; }
                }
            }
            """);

        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Snapshot.Matches(string.Join("\n", result.GeneratedTrees.Select(tree => tree.ToString())));
    }

    [Theory]
    [InlineData("not_partial", "[Settings] public sealed record A { }")]
    [InlineData("not_a_record", "[Settings] public sealed partial class A { }")]
    [InlineData("no_documentation", "[Settings] public sealed partial record A { public int X { get; init; } }")]
    [InlineData("other_documentation", "[Settings] public sealed partial record A {\n/// <remarks>No summary.</remarks>\npublic int X { get; init; } }")]
    [InlineData("no_init", "[Settings] public sealed partial record A {\n/// <summary>X.</summary>\npublic int X { get; }\n/// <summary>Y.</summary>\npublic int Y { get; set; } }")]
    [InlineData("unsupported", "[Settings] public sealed partial record A {\n/// <summary>X.</summary>\npublic decimal X { get; init; }\n/// <summary>Y.</summary>\npublic IReadOnlyList<List<int>> Y { get; init; } = []; }")]
    [InlineData("no_default", "[Settings] public sealed partial record A(int Z) {\n/// <summary>X.</summary>\npublic required int X { get; init; } }")]
    [InlineData("bad_range", "[Settings] public sealed partial record A {\n/// <summary>X.</summary>\n[Range(2, 1)] public int X { get; init; }\n/// <summary>Y.</summary>\n[Range(1, 2)] public string Y { get; init; } = \"\";\n/// <summary>Z.</summary>\n[Range(typeof(int), \"1\", \"2\")] public int Z { get; init; } }")]
    [InlineData("inherits", "public record B; [Settings] public sealed partial record A : B;")]
    public void Record_ThatIsNoSettings_IsAnError(string name, string source)
    {
        var (_, result) = Run(source);

        Assert.Empty(result.GeneratedTrees);
        Snapshot.Matches(string.Join("\n", result.Diagnostics.Select(Line)), name);
    }

    [Fact]
    public void Comments_NotParsedByTheCompiler_AreReadAllTheSame()
    {
        var (_, result) = Run("[Settings] public sealed partial record A {\n/// <summary>Read me.</summary>\npublic int X { get; init; } }", DocumentationMode.None);

        Assert.Empty(result.Diagnostics);
        Assert.Contains("Read me.", result.GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Generator_AfterAnUnrelatedEdit_ReusesItsResult()
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var record = CSharpSyntaxTree.ParseText(Prelude + "[Settings] public sealed partial record A {\n/// <summary>X.</summary>\npublic int X { get; init; } }", options);
        var compilation = Compile(record);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SettingsGenerator().AsSourceGenerator()], parseOptions: options, driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

        driver = driver.RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", options)));

        var outputs = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static (Compilation Output, GeneratorDriverRunResult Result) Run(string source, DocumentationMode documentation = DocumentationMode.Parse)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithDocumentationMode(documentation);
        var driver = CSharpGeneratorDriver.Create([new SettingsGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(Compile(CSharpSyntaxTree.ParseText(Prelude + source, options, encoding: Encoding.UTF8)), out var output, out _);
        return (output, driver.GetRunResult());
    }

    private static CSharpCompilation Compile(SyntaxTree tree)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(SettingsAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Users", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string Line(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Severity} {diagnostic.Id} ({start.Line - 3},{start.Character + 1}) {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }
}
