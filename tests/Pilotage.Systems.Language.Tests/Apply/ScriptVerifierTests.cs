using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Verifiers;
using Pilotage.Systems.Language.Apply;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Apply;

public sealed class ScriptVerifierTests : IDisposable
{
    private static readonly TextProblem Problem = new("file:3", "2+2=", "4");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Response.Trim() == Answer", " 4", 1)]
    [InlineData("Response.Trim() == Answer", "5", 0)]
    [InlineData("var said = Regex.Match(Response, @\"\\d+\").Value;\nreturn said == Answer ? 0.5 : 0;", "it is 4", 0.5)]
    [InlineData("Prompt.Length", "", 4)]
    public void Judge_GivesTheLastExpression(string code, string response, double expected) => Assert.Equal(expected, Load(code).Judge(Problem, response));

    [Fact]
    public void Load_WhatDoesNotCompile_IsSaidWithLineAndColumn()
    {
        var broken = Assert.Throws<UserMistakeException>(() => Load("var x = 1;\nResponse.Lenght == 1")).Message;
        var missing = Assert.Throws<UserMistakeException>(() => ScriptVerifier.Load(Path.Combine(_folder.Path, "none.csx"))).Message.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
        Snapshot.Matches(broken + "\n\n" + missing);
    }

    [Fact]
    public void Guard_ScriptThatThrowsOrNeverReturns_NamesTheLine()
    {
        var guard = new VerifierGuard(3, TimeSpan.FromMilliseconds(300));
        var verifier = Load("if (Response == \"loop\") while (true) System.Threading.Thread.Sleep(1000);\nif (Response == \"word\") return (object)\"no\";\nreturn (object)int.Parse(Response);");
        Assert.Equal(4, new VerifierGuard(3).Judge(verifier, Problem, "4"));
        Assert.Equal(0, guard.Judge(verifier, Problem, "loop"));
        Assert.Equal(0, guard.Judge(verifier, Problem, "word"));
        Assert.Throws<RunFailedException>(() => guard.Judge(verifier, Problem, "x"));
        Assert.Equal(["file:3: did not return within 0.3 s", "file:3: threw InvalidOperationException: The script's last expression is no, not a number or a truth value."], guard.Failures.Take(2));
        Assert.StartsWith("file:3: threw FormatException", guard.Failures[2], StringComparison.Ordinal);
    }

    private Verifier Load(string code)
    {
        var path = Path.Combine(_folder.Path, "mine.csx");
        File.WriteAllText(path, code);
        return ScriptVerifier.Load(path);
    }
}
