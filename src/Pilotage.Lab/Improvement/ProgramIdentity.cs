using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Pilotage.Lab.Improvement;

/// <summary>Says whether the program that goes on with a run is the one that began it: a changed environment or rule must not reuse the other's trials.</summary>
internal static class ProgramIdentity
{
    /// <summary>A hash of compiled code: of some assemblies and of all that they refer to beside .NET itself.</summary>
    /// <param name="roots">Where to begin: the environment's, the rule's, the program's.</param>
    /// <returns>Twelve hexadecimal digits. A deterministic compiler gives the same code the same identity.</returns>
    public static string Of(params IEnumerable<Assembly> roots)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<Assembly>(roots);
        while (open.TryPop(out var assembly))
        {
            var name = assembly.GetName().Name ?? "";
            if (seen.ContainsKey(name) || IsPlatform(name)) continue;
            seen.Add(name, assembly.ManifestModule.ModuleVersionId.ToString("N"));
            foreach (var reference in assembly.GetReferencedAssemblies().Where(reference => !IsPlatform(reference.Name ?? "")))
                if (Find(reference) is { } found) open.Push(found);
        }
        var text = string.Join('\n', seen.Select(pair => $"{pair.Key} {pair.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    // A reference that is not deployed is not run either.
    private static Assembly? Find(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsPlatform(string name) => name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name == "System";
}
