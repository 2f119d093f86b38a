using Pilotage.Language.Tasks.Verifiers;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Verifiers;

public sealed class VerifierTests
{
    [Theory]
    [InlineData("exact", "blue", " blue\n", true)]
    [InlineData("exact", "blue", "Blue", false)]
    [InlineData("number", "42", "42", true)]
    [InlineData("number", "42", "We get 7, so the answer is 42.", true)]
    [InlineData("number", "42", "The answer is 42, not 7", false)]
    [InlineData("number", "42", "so \\boxed{42}, though 7", true)]
    [InlineData("number", "42", "steps 6*7\n#### 42", true)]
    [InlineData("number", "42", "#### 43 and 42", false)]
    [InlineData("number", "1234.5", "It costs $1,234.50", true)]
    [InlineData("number", "0.5", "1/2", true)]
    [InlineData("number", "1/3", "0.333", false)]
    [InlineData("number", "-5", "it is -5", true)]
    [InlineData("number", "5", "7-2 = 12-7", false)]
    [InlineData("number", "7", "12-7", true)]
    [InlineData("number", "5", "-5", false)]
    [InlineData("number", "42", "none", false)]
    [InlineData("number", "42", "", false)]
    [InlineData("number", "42", "\\boxed{}", false)]
    [InlineData("number", "0.05", ".05", true)]
    [InlineData("number", "20", "20%", true)]
    [InlineData("boxed", "x+1", "\\boxed{x+1}", true)]
    [InlineData("boxed", "x+1", "x+1", false)]
    [InlineData("boxed", "\\frac{1}{2}", "\\boxed{3} \\boxed{\\frac{1}{2}}", true)]
    [InlineData("boxed", "2", "\\boxed{2.0}", true)]
    [InlineData("boxed", "2", "\\boxed{2", false)]
    [InlineData("countdown", "3 5 2 to 16", "3 5 + 2 *", true)]
    [InlineData("countdown", "3 5 2 to 16", "I think <answer>(3+5)*2 = 16</answer>", true)]
    [InlineData("countdown", "3 5 2 to 16", "<answer>3*5+2</answer>", false)]
    [InlineData("countdown", "3 5 2 to 16", "\\boxed{(3+5)*2}", true)]
    [InlineData("regex", "^ab+c$", "abbc", true)]
    [InlineData("regex", "^ab+c$", "ac", false)]
    [InlineData("choice", "B", "The answer is B.", true)]
    [InlineData("choice", "B", "(A) is wrong, (B)", true)]
    [InlineData("choice", "B", "B or C", false)]
    [InlineData("choice", "B", "Because", false)]
    [InlineData("choice", "B", "\\boxed{B}, not C", true)]
    [InlineData("choice", "A", "A, I think", true)]
    [InlineData("choice", "I", "I", true)]
    [InlineData("choice", "B", "b", false)]
    public void BuiltIn_Judge(string verifier, string answer, string response, bool expected)
    {
        Assert.Null(Verifier.Find(verifier)!.CheckAnswer(answer));
        Assert.Equal(expected ? 1 : 0, Verifier.Find(verifier)!.Judge(new("p", "?", answer), response));
    }

    [Theory]
    [InlineData("number", "many")]
    [InlineData("number", "1/0")]
    [InlineData("countdown", "16")]
    [InlineData("regex", "(")]
    [InlineData("choice", "AB")]
    public void CheckAnswer_RefusesOtherForms(string verifier, string answer) => Assert.NotNull(Verifier.Find(verifier)!.CheckAnswer(answer));

    [Fact]
    public void Guard_ThrowingVerifier_IsCountedAndStopsTheRun()
    {
        var guard = new VerifierGuard(3);
        var verifier = new Verifier("broken", "", (_, response) => response == "good" ? 1 : throw new InvalidOperationException("no such thing"), _ => null);
        Assert.Equal(1, guard.Judge(verifier, new("file:7", "?", "!"), "good"));
        Assert.Equal(0, guard.Judge(verifier, new("file:7", "?", "!"), "bad"));
        Assert.Equal(0, guard.Judge(verifier, new("file:8", "?", "!"), "bad"));
        var error = Assert.Throws<RunFailedException>(() => guard.Judge(verifier, new("file:9", "?", "!"), "bad"));
        Testing.Snapshot.Matches(error.Message);
        Assert.Equal(3, guard.Failures.Count);
    }

    [Fact]
    public void Guard_VerifierThatNeverReturns_IsLeftBehind()
    {
        using var never = new ManualResetEventSlim();
        var guard = new VerifierGuard(2, TimeSpan.FromMilliseconds(20));
        var verifier = new Verifier("stuck", "", (_, _) => { never.Wait(); return 1; }, _ => null);
        Assert.Equal(0, guard.Judge(verifier, new("file:7", "?", "!"), "x"));
        Assert.Equal(["file:7: did not return within 0.02 s"], guard.Failures);
        Assert.Throws<RunFailedException>(() => guard.Judge(verifier, new("file:8", "?", "!"), "x"));
        never.Set();
    }

    [Fact]
    public void Guard_RewardThatIsNoNumber_IsAFailure()
    {
        var guard = new VerifierGuard(2);
        Assert.Equal(0, guard.Judge(new("nan", "", (_, _) => double.NaN, _ => null), new("file:7", "?", "!"), "x"));
        Assert.Equal(["file:7: gave NaN"], guard.Failures);
    }

    [Fact]
    public void Guard_CatastrophicExpression_IsCutOff()
    {
        var guard = new VerifierGuard(2);
        Assert.Equal(0, guard.Judge(Verifier.Find("regex")!, new("file:7", "?", "^(a+)+$"), new string('a', 40) + "!"));
        Assert.Contains("RegexMatchTimeoutException", Assert.Single(guard.Failures), StringComparison.Ordinal);
    }
}
