using System.Runtime.CompilerServices;

namespace Pilotage.Testing;

/// <summary>Compares a text with the committed one beside the test's source file.</summary>
/// <remarks>
/// The committed file is <c>&lt;TestFile&gt;.&lt;name&gt;.verified.txt</c>. On a difference the new text is left beside it as <c>.received.txt</c>
/// (ignored by git) and the exception shows a line diff. <c>PILOTAGE_ACCEPT=1</c> in the environment writes the new text as the committed one.
/// Line ends are compared as line feeds, so that a checkout with carriage returns passes.
/// </remarks>
public static class Snapshot
{
    /// <summary>Passes if <paramref name="actual"/> equals the committed text.</summary>
    /// <param name="actual">What the code printed: fixed width, invariant culture, no colour, no machine's path.</param>
    /// <param name="name">Names the file; by default the test method.</param>
    /// <param name="sourceFile">Given by the compiler: the test's source file.</param>
    /// <exception cref="SnapshotDiffersException">The text differs, or nothing is committed yet.</exception>
    public static void Matches(string actual, [CallerMemberName] string name = "", [CallerFilePath] string sourceFile = "")
    {
        var received = Normalise(actual);
        var stem = Path.Combine(Path.GetDirectoryName(sourceFile)!, $"{Path.GetFileNameWithoutExtension(sourceFile)}.{name}");
        var verifiedPath = stem + ".verified.txt";
        var receivedPath = stem + ".received.txt";

        var verified = File.Exists(verifiedPath) ? Normalise(File.ReadAllText(verifiedPath)) : null;
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        if (Environment.GetEnvironmentVariable("PILOTAGE_ACCEPT") == "1")
        {
            File.WriteAllText(verifiedPath, received);
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        var state = verified is null ? "There is no committed text yet" : "The text differs from the committed one";
        throw new SnapshotDiffersException(
            $"{state}: {Path.GetFileName(verifiedPath)}.\n{LineDiff.Of(verified ?? "", received)}\nIf the new text is right, run the test with PILOTAGE_ACCEPT=1 and commit the file.");
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
