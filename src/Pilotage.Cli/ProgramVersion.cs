using System.Reflection;

namespace Pilotage.Cli;

/// <summary>The version that a run folder remembers.</summary>
internal static class ProgramVersion
{
    /// <summary>Version and commit, such as <c>0.1.0+1a2b3c</c>.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
