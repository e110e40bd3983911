/* bcryptprimitives.dll as far as Go's runtime asks for it: wine 8 has none. */
#include <windows.h>

/* advapi32's RtlGenRandom under the name that it is exported by. */
BOOLEAN NTAPI SystemFunction036(PVOID to, ULONG bytes);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T bytes)
{
	while (bytes > 0) {
		ULONG part = bytes < 1 << 20 ? (ULONG)bytes : 1 << 20;
		if (!SystemFunction036(to, part))
			return FALSE;
		to += part;
		bytes -= part;
	}
	return TRUE;
}
