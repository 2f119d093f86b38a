using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Lets a library load on a system whose libstdc++ lacks the newest version that the library asks for.</summary>
/// <remarks>
/// TorchSharp 0.107 was linked against GCC 13, whose start-up code refers to one marker symbol of GLIBCXX_3.4.32. The symbol has no relocation and is never called,
/// but the loader refuses the library for the version's sake. With the weak flag of the entry in .gnu.version_r it warns at most, and loads.
/// Layout: ELF-64 object file format, version 1.5, and Linux Standard Base 5.0, section 10.7 (symbol versioning).
/// </remarks>
public sealed class WeakenSymbolVersion : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Marker = "_ZSt21ios_base_library_initv";    // the symbol that came with the version
    private const uint VersionNeeds = 0x6ffffffe;                     // SHT_GNU_verneed
    private const ushort Weak = 0x2;                                  // VER_FLG_WEAK

    /// <summary>The copy in an output folder; never the package's own file.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>Whether to change it although this system has the version.</summary>
    public bool Always { get; set; }

    public override bool Execute()
    {
        if (!Always && SystemHasTheVersion()) return true;
        try
        {
            var bytes = System.IO.File.ReadAllBytes(File);
            var flags = FindFlags(bytes);
            if (flags < 0 || (BitConverter.ToUInt16(bytes, flags) & Weak) != 0) return true;
            bytes[flags] |= (byte)Weak;
            Replace(bytes);
            Log.LogMessage(MessageImportance.High, "This system's libstdc++ has no " + Version + ", which " + File + " names but does not use: the name is now optional there.");
            return true;
        }
        catch (InvalidDataException problem)
        {
            Log.LogError(
                "", "PIL0501", "", File, 0, 0, 0, 0,
                "{0} cannot be prepared for this system's libstdc++, which has no {1}: {2} Delete the file and build again; if that does not help, use a system with GCC 13's libstdc++, or build with -p:PilotageTorchWeaken=never.",
                File, Version, problem.Message);
            return false;
        }
    }

    /// <summary>Place of the entry's flags; -1 if the file asks for no such version.</summary>
    private static int FindFlags(byte[] bytes)
    {
        if (bytes.Length < 64 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F')
            throw new InvalidDataException("it is no ELF file of at least 64 bytes (it has " + bytes.Length + ").");
        if (bytes[4] != 2 || bytes[5] != 1) throw new InvalidDataException("it is no 64-bit little-endian ELF file.");
        var sections = (long)BitConverter.ToUInt64(bytes, 0x28);
        int size = BitConverter.ToUInt16(bytes, 0x3a), count = BitConverter.ToUInt16(bytes, 0x3c);
        CheckExtent(bytes, sections, (long)size * count, "section table");
        if (count > 0 && size < 64) throw new InvalidDataException("its section headers have " + size + " bytes instead of 64.");
        for (var i = 0; i < count; i++)
        {
            var header = (int)(sections + (long)i * size);
            if (BitConverter.ToUInt32(bytes, header + 4) != VersionNeeds) continue;
            var (start, length) = Extent(bytes, header, "table of needed versions");
            var link = BitConverter.ToUInt32(bytes, header + 0x28);
            if (link >= count) throw new InvalidDataException("its table of needed versions names section " + link + " of " + count + ".");
            var (names, namesLength) = Extent(bytes, (int)(sections + link * size), "table of names");
            return FindIn(bytes, start, start + length, names, namesLength);
        }
        return -1;
    }

    private static void CheckExtent(byte[] bytes, long start, long length, string what)
    {
        if (start < 0 || length < 0 || start + length > bytes.Length)
            throw new InvalidDataException("its " + what + " would end at byte " + (start + length) + ", but the file has " + bytes.Length + ".");
    }

    private static int FindIn(byte[] bytes, long need, long end, long names, long namesLength)
    {
        while (true)
        {
            if (need + 16 > end) throw new InvalidDataException("its table of needed versions is cut off at byte " + need + ".");
            var entry = need + BitConverter.ToUInt32(bytes, (int)need + 8);
            for (int left = BitConverter.ToUInt16(bytes, (int)need + 2); left > 0; left--)
            {
                if (entry + 16 > end) throw new InvalidDataException("its table of needed versions is cut off at byte " + entry + ".");
                var name = BitConverter.ToUInt32(bytes, (int)entry + 8);
                if (name + Version.Length < namesLength && IsVersion(bytes, names + name)) return (int)entry + 4;
                entry += BitConverter.ToUInt32(bytes, (int)entry + 12);
            }
            var step = BitConverter.ToUInt32(bytes, (int)need + 12);
            if (step == 0) return -1;
            need += step;
        }
    }

    private static bool IsVersion(byte[] bytes, long place) =>
        Encoding.ASCII.GetString(bytes, (int)place, Version.Length) == Version && bytes[place + Version.Length] == 0;

    private static (long Start, long Length) Extent(byte[] bytes, int header, string what)
    {
        var (start, length) = ((long)BitConverter.ToUInt64(bytes, header + 0x18), (long)BitConverter.ToUInt64(bytes, header + 0x20));
        CheckExtent(bytes, start, length, what);
        return (start, length);
    }

    /// <summary>Writes beside the file and renames: the file may be a hard link to the package's, which must not change, and a reader must never see half of it.</summary>
    private void Replace(byte[] bytes)
    {
        var written = System.IO.File.GetLastWriteTimeUtc(File);
        var fresh = File + "." + System.Diagnostics.Process.GetCurrentProcess().Id + ".new";
        System.IO.File.WriteAllBytes(fresh, bytes);
        // The same date as the package's file, so that the next build does not take the copy for an old one.
        System.IO.File.SetLastWriteTimeUtc(fresh, written);
        if (rename(fresh, File) == 0) return;
        System.IO.File.Delete(fresh);
        throw new InvalidDataException("the changed copy could not take its place (error " + Marshal.GetLastWin32Error() + ").");
    }

    private static bool SystemHasTheVersion()
    {
        const int now = 2;
        var library = dlopen("libstdc++.so.6", now);
        return library != IntPtr.Zero && dlsym(library, Marker) != IntPtr.Zero;
    }

    [DllImport("libdl.so.2")]
    private static extern IntPtr dlopen(string name, int flags);

    [DllImport("libdl.so.2")]
    private static extern IntPtr dlsym(IntPtr library, string name);

    [DllImport("libc.so.6", SetLastError = true)]
    private static extern int rename(string from, string to);
}
