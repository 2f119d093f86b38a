using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Pilotage.Generators;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Generators;

public sealed class TensorEscapeAnalyzerTests
{
    private const string Prelude = """
        using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
        using Pilotage.Distributions; using Pilotage.Tensors;
        namespace Users;

        """;

    [Theory]
    [InlineData("field", "class A { private Tensor _kept; private static readonly List<Tensor> All = []; }")]
    [InlineData("property", "class A { public Tensor Kept { get; set; } public (Tensor, int) Pair { get; } public Tensor Computed => default; }")]
    [InlineData("record", "record A(Tensor Kept);")]
    [InlineData("struct_that_carries", "class A { private ActionDistribution _kept; private Inner _inner; } struct Inner { private Tensor[] _tensors; }")]
    [InlineData("static_of_a_struct", "struct A { private static Tensor Kept; }")]
    [InlineData("stored_function", "class A { private Func<float> _late = null!; void M(Tensor x) { _late = () => x.Item(); } }")]
    [InlineData("returned_function", "class A { Func<float> M(Tensor x) { var y = x + 1f; return () => y.Item(); } }")]
    [InlineData("function_on_another_thread", "class A { void M(Tensor x) { Task.Run(() => x.Item()); new Thread(() => x.Item()).Start(); Parallel.For(0, 2, i => x.Item()); } }")]
    [InlineData("asynchronous_function", "class A { void M(Tensor x) { Func<Task> late = async () => { await Task.Yield(); x.Item(); }; } }")]
    [InlineData("across_an_await", "class A { async Task M(Tensor x) { var y = x + 1f; await Task.Yield(); y.Item(); x.Item(); } }")]
    [InlineData("across_a_yield", "class A { IEnumerable<int> M(Tensor x) { yield return 1; x.Item(); } }")]
    public void Tensor_ThatLeavesItsStep_IsAWarning(string name, string source) =>
        Snapshot.Matches(string.Join("\n", Warnings(source).Select(Line)), name);

    [Theory]
    [InlineData("struct A { private Tensor _carried; public Tensor Property { get; set; } }")]
    [InlineData("ref struct A { private Tensor _carried; }")]
    [InlineData("class A { private Func<Tensor, Tensor> _function = x => x; private Parameter _weight = null!; private Tensor Computed => default; }")]
    [InlineData("class A { void M(Tensor x) { Tensor Twice(Tensor y) => y + x; Twice(x); Apply(y => y + x); } static void Apply(Func<Tensor, Tensor> f) { } }")]
    [InlineData("class A { async Task M() { await Task.Yield(); using (Step.Begin()) { var y = Tensor.From([1f], 1); y.Item(); } await Task.Yield(); } }")]
    [InlineData("class A { async Task M(Tensor x) { var v = x.Item(); await Task.Yield(); x = default; x.Item(); Console.WriteLine(v); } }")]
    public void Tensor_ThatStaysInItsStep_IsFine(string source) => Assert.Empty(Warnings(source).Select(Line));

    private static string Line(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan().StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Id} {span.Line - Prelude.Count(character => character == '\n') + 1}:{span.Character + 1} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
    }

    private static ImmutableArray<Diagnostic> Warnings(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => path.Length > 0).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Users", [CSharpSyntaxTree.ParseText(Prelude + source, cancellationToken: TestContext.Current.CancellationToken)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Contains(compilation.References, reference => reference.Display!.Contains(typeof(Tensor).Assembly.GetName().Name!, StringComparison.Ordinal));
        var warnings = compilation.WithAnalyzers([new TensorEscapeAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return [.. warnings.OrderBy(warning => warning.Location.SourceSpan.Start)];
    }
}
