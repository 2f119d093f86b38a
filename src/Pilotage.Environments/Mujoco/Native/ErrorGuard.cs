using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pilotage.Environments.Mujoco.Native;

/// <summary>Calls MuJoCo such that its fatal errors end the call, instead of the process.</summary>
/// <remarks>
/// MuJoCo's code takes it for granted that its error handler does not return: after "stack overflow" it would write beyond its memory. C# may neither throw
/// nor jump through native frames. So the handler is a few machine instructions: they ask managed code to note the message, and when that has returned, they
/// reset the stack pointer to the frame that began the call, of the same thread. Only frames of MuJoCo are left out, and it keeps nothing in them that
/// must be given back but the object that was being worked on, which the caller must free. See docs/decisions/0030-errors-of-mujoco.md. Linux on x64.
/// </remarks>
internal static unsafe partial class ErrorGuard
{
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int Page = 4096;

    // Saves what a call must keep, notes the stack pointer where the first argument says, and calls the second one with the four others.
    private static ReadOnlySpan<byte> EnterCode =>
    [
        0x55, 0x53, 0x41, 0x54, 0x41, 0x55, 0x41, 0x56, 0x41, 0x57,     // push rbp, rbx, r12, r13, r14, r15
        0x48, 0x83, 0xEC, 0x08,                                         // sub rsp, 8           the ABI wants calls aligned to 16 bytes
        0x48, 0x89, 0x27,                                               // mov [rdi], rsp
        0x48, 0x89, 0xF0,                                               // mov rax, rsi
        0x48, 0x89, 0xD7,                                               // mov rdi, rdx
        0x48, 0x89, 0xCE,                                               // mov rsi, rcx
        0x4C, 0x89, 0xC2,                                               // mov rdx, r8
        0x4C, 0x89, 0xC9,                                               // mov rcx, r9
        0xFF, 0xD0,                                                     // call rax
    ];

    private static ReadOnlySpan<byte> LeaveCode =>
    [
        0x48, 0x83, 0xC4, 0x08,                                         // add rsp, 8
        0x41, 0x5F, 0x41, 0x5E, 0x41, 0x5D, 0x41, 0x5C, 0x5B, 0x5D,     // pop r15, r14, r13, r12, rbx, rbp
        0xC3,                                                           // ret
    ];

    // MuJoCo's error handler up to the address of the managed part, which follows.
    private static ReadOnlySpan<byte> ErrorCode =>
    [
        0x48, 0x83, 0xEC, 0x08,                                         // sub rsp, 8
        0x48, 0xB8,                                                     // mov rax, the address
    ];

    private static ReadOnlySpan<byte> JumpCode =>
    [
        0xFF, 0xD0,                                                     // call rax
        0x48, 0x85, 0xC0,                                               // test rax, rax
        0x75, 0x05,                                                     // jnz +5
        0x48, 0x83, 0xC4, 0x08,                                         // add rsp, 8           nobody here began the call: MuJoCo goes on as with any handler
        0xC3,                                                           // ret
        0x48, 0x8B, 0x20,                                               // mov rsp, [rax]
        0x31, 0xC0,                                                     // xor eax, eax         and leave as the call would have
    ];

    [ThreadStatic] private static nint* _frame;
    [ThreadStatic] private static string? _error;
    [ThreadStatic] private static string? _warning;

    private static readonly delegate* unmanaged<nint*, nint, nint, nint, nint, nint, nint> Enter;

    static ErrorGuard()
    {
        using var code = new MemoryStream(Page);
        code.Write(EnterCode);
        code.Write(LeaveCode);
        var handler = (int)code.Position;
        code.Write(ErrorCode);
        code.Write(BitConverter.GetBytes((nint)(delegate* unmanaged<byte*, nint*>)&NoteError));
        code.Write(JumpCode);
        code.Write(LeaveCode);

        var page = Map(0, Page, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == -1) throw Refused();
        code.ToArray().CopyTo(new Span<byte>((void*)page, Page));
        if (Protect(page, Page, ReadExecute) != 0) throw Refused();
        Enter = (delegate* unmanaged<nint*, nint, nint, nint, nint, nint, nint>)page;
        ErrorHandler = page + handler;
    }

    /// <summary>To be put into <c>mju_user_error</c>.</summary>
    public static nint ErrorHandler { get; }

    /// <summary>To be put into <c>mju_user_warning</c>: notes the text, and writes no file.</summary>
    public static nint WarningHandler { get; } = (nint)(delegate* unmanaged<byte*, void>)&NoteWarning;

    /// <summary>Calls a native function of up to four integers or addresses.</summary>
    /// <param name="function">Its address.</param>
    /// <param name="first">First argument.</param>
    /// <param name="second">Second argument.</param>
    /// <param name="third">Third argument.</param>
    /// <param name="fourth">Fourth argument.</param>
    /// <returns>What the function returned, 0 after an error; and MuJoCo's message if it stopped with an error, <see langword="null"/> otherwise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint Result, string? Error) Call(nint function, nint first, nint second, nint third = 0, nint fourth = 0)
    {
        nint frame = 0;
        _frame = &frame;
        var result = Enter(&frame, function, first, second, third, fourth);
        _frame = null;
        return (result, _error is null ? null : TakeError());
    }

    /// <summary>The last warning on this thread since the last call of this method; <see langword="null"/> if there was none.</summary>
    public static string? TakeWarning()
    {
        var warning = _warning;
        _warning = null;
        return warning;
    }

    private static string? TakeError()
    {
        var error = _error;
        _error = null;
        return error;
    }

    [UnmanagedCallersOnly]
    private static nint* NoteError(byte* message)
    {
        if (_frame is not null) _error = Marshal.PtrToStringUTF8((nint)message) ?? "";
        return _frame;
    }

    [UnmanagedCallersOnly]
    private static void NoteWarning(byte* message) => _warning = Marshal.PtrToStringUTF8((nint)message);

    private static PlatformNotSupportedException Refused() => new("This system allows no new executable memory, which calls into MuJoCo need to survive its errors.");

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);
}
