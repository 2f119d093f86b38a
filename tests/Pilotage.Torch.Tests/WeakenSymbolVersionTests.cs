using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Pilotage.Torch.Tests;

/// <summary>The build's fix for older Linux, run by MSBuild as a build runs it, on the real library and on files made here.</summary>
public sealed partial class WeakenSymbolVersionTests : IDisposable
{
    private const string Version = "GLIBCXX_3.4.32";
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-").FullName;

    private static string Metadata(string key) => typeof(WeakenSymbolVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_RealLibraryThroughAHardLink_ChangesOneByteOfTheCopyAndNotThePackage()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var package = Path.Combine(Metadata("TorchSharpPackage"), "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        var before = File.ReadAllBytes(package);
        var copy = Path.Combine(_folder, "libLibTorchSharp.so");
        if (Link(package, copy) != 0) File.Copy(package, copy);      // a temporary folder on another file system
        var date = File.GetLastWriteTimeUtc(package);

        Assert.Equal("", Run(copy, "always"));

        Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(package)));
        var after = File.ReadAllBytes(copy);
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.Single(changed);
        Assert.Equal(before[changed[0]] | 2, after[changed[0]]);
        Assert.Equal(date, File.GetLastWriteTimeUtc(copy));
        Assert.Equal("", Run(copy, "always"));                        // a second time it finds nothing to do
        Assert.True(after.AsSpan().SequenceEqual(File.ReadAllBytes(copy)));
    }

    [Fact]
    public void Build_NeverAsked_LeavesTheFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var (file, bytes) = Write(Library(Version));
        Assert.Equal("", Run(file, "never"));
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Build_SmallLibraryWithTheVersionLast_SetsItsFlagAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var (file, bytes) = Write(Library("GLIBCXX_3.4.30", Version));
        Assert.Equal("", Run(file, "always"));
        bytes[FlagsOf(entry: 1)] |= 2;
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Build_LibraryWithoutTheVersion_LeavesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var (file, bytes) = Write(Library("GLIBCXX_3.4.30", "GLIBCXX_3.4.3"));
        Assert.Equal("", Run(file, "always"));
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("no ELF", "it is no ELF file of at least 64 bytes (it has 11).")]
    [InlineData("cut in the sections", "section table would end at byte 384, but the file has 300.")]
    [InlineData("cut in the entries", "its table of needed versions is cut off at byte 144.")]
    public void Build_DamagedLibrary_SaysWhatIsWrongAndLeavesIt(string kind, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var library = Library("GLIBCXX_3.4.30", Version);
        if (kind == "cut in the entries") BinaryPrimitives.WriteUInt64LittleEndian(library.AsSpan(SectionsStart + 2 * 64 + 0x20), 24);
        var (file, bytes) = Write(kind switch
        {
            "no ELF" => Encoding.ASCII.GetBytes("not a thing"),
            "cut in the sections" => library[..300],
            _ => library,
        });
        var output = Run(file, "always");
        Assert.Contains("PIL0501", output, StringComparison.Ordinal);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Contains("Delete the file and build again", output, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    private const int NamesStart = 64;
    private const int NeedsStart = 128;
    private const int SectionsStart = 192;

    private static int FlagsOf(int entry) => NeedsStart + 16 + 16 * entry + 4;

    /// <summary>An ELF file with three sections: none, names, and one needed library with its versions.</summary>
    private static byte[] Library(params string[] versions)
    {
        var file = new byte[SectionsStart + 3 * 64];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(0x28), SectionsStart);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3a), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3c), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(NeedsStart), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(NeedsStart + 2), (ushort)versions.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(NeedsStart + 8), 16);
        var name = 1;
        for (var i = 0; i < versions.Length; i++)
        {
            var entry = file.AsSpan(NeedsStart + 16 + 16 * i);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)name);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], i + 1 < versions.Length ? 16u : 0);
            name += Encoding.ASCII.GetBytes(versions[i], file.AsSpan(NamesStart + name)) + 1;
        }
        Section(1, type: 3, NamesStart, 64, link: 0);
        Section(2, type: 0x6ffffffe, NeedsStart, 16 + 16 * versions.Length, link: 1);
        return file;

        void Section(int index, uint type, int start, int length, uint link)
        {
            var header = file.AsSpan(SectionsStart + 64 * index);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[0x18..], (ulong)start);
            BinaryPrimitives.WriteUInt64LittleEndian(header[0x20..], (ulong)length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[0x28..], link);
        }
    }

    private (string File, byte[] Bytes) Write(byte[] bytes)
    {
        var file = Path.Combine(_folder, "library.so");
        File.WriteAllBytes(file, bytes);
        return (file, bytes);
    }

    /// <summary>Runs the target on a file; what it printed if it failed, nothing if it did not.</summary>
    private string Run(string file, string when)
    {
        var project = Path.Combine(_folder, "one.proj");
        File.WriteAllText(project, $"""<Project><Import Project="{Metadata("TorchTargets")}" /></Project>""");
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-t:LoadTorchOnOlderLinux", $"-p:PilotageTorchLibrary={file}", $"-p:PilotageTorchWeaken={when}", "-nodeReuse:false", "-nologo"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : output;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
