using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pilotage.Docs.Tests;

/// <summary>All C# blocks of a document as one program, in the order in which a reader meets them.</summary>
internal static partial class DocumentProgram
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;
        using Pilotage; using Pilotage.Algorithms; using Pilotage.Environments; using Pilotage.Evaluation; using Pilotage.Experience; using Pilotage.Experience.Datasets; using Pilotage.Datasets; using Pilotage.Lab.Improvement; using Pilotage.Policies; using Pilotage.Tensors;

        """;

    /// <summary>The program's text: statements first, then types, as C# wants them.</summary>
    public static string TextOf(string markdown)
    {
        var blocks = string.Join("\n", Block().Matches(markdown).Select(block => block.Groups[1].Value));
        var members = CSharpSyntaxTree.ParseText(blocks).GetCompilationUnitRoot().Members;
        return Usings + string.Concat(members.OfType<GlobalStatementSyntax>().Select(member => member.ToFullString())) + "\n"
            + string.Concat(members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
    }

    /// <summary>Compiles and runs a program; what it prints is given back.</summary>
    public static string Run(string name, string program)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => path.Length > 0).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(program)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var code = new MemoryStream();
        var result = compilation.Emit(code);
        if (!result.Success) throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + "\n" + program);
        code.Position = 0;
        var main = AssemblyLoadContext.Default.LoadFromStream(code).EntryPoint!;
        var before = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }
        return printed.ToString();
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
