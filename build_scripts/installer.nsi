; The setup program: Indonesian, per user or per machine, silent with /S.
; build_scripts/installers.py compiles it and hands in every name and code by -D.
;
; Exit codes: 0 done, 1 stopped by the user, 2 stopped by a fault (disk full), 3 this Windows is too
; old, 4 the program runs, 5 a newer version is installed (/FORCEDOWNGRADE replaces it), 6 the MSI
; edition is installed, 7 the program folder cannot be written, 8 /AllUsers without the rights.
; After each code but 0 the version that was there before is whole.

Unicode true
Target amd64-unicode
SetCompressor ${COMPRESSION}
!if "${COMPRESSION}" != "zlib"
  SetCompressorDictSize 32  ; megabytes: the two executables hold much that is alike
!endif
ManifestDPIAware true
ManifestSupportedOS all

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_INSTDIR "${APP_NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${REGISTRY_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallDir"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${REGISTRY_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Version"
!define MULTIUSER_USE_PROGRAMFILES64
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh

Name "${APP_NAME}"
OutFile "${OUT}"
BrandingText "${APP_NAME} ${VERSION}"
Caption "Pemasangan ${APP_NAME} ${VERSION}"
UninstallCaption "Penghapusan ${APP_NAME}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
!macro OWN_VERSION_KEY NAME VALUE
  VIAddVersionKey /LANG=1057 "${NAME}" "${VALUE}"
!macroend
!insertmacro OWN_VERSION_KEY "ProductName" "${APP_NAME}"
!insertmacro OWN_VERSION_KEY "CompanyName" "${VENDOR}"
!insertmacro OWN_VERSION_KEY "FileDescription" "Pemasang ${APP_NAME}"
!insertmacro OWN_VERSION_KEY "FileVersion" "${VERSION}"
!insertmacro OWN_VERSION_KEY "ProductVersion" "${VERSION}"
!insertmacro OWN_VERSION_KEY "LegalCopyright" "${COPYRIGHT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define UNINSTALLER "uninstall.exe"
!define LINK "$SMPROGRAMS\${APP_NAME}.lnk"

!define T_WINDOWS "${APP_NAME} memerlukan Windows 10 versi 1809 atau yang lebih baru. Tidak ada yang diubah."
!define T_RUNNING "${APP_NAME} sedang berjalan atau berkasnya sedang dipakai. Tutup dahulu ${APP_NAME} di semua sesi, lalu ulangi."
!define T_MSI "${APP_NAME} di komputer ini dipasang oleh TI dengan paket MSI. Hapus dahulu edisi MSI itu, atau perbarui dengan paket MSI. Tidak ada yang diubah."
!define T_FOREIGN "Folder ini berisi program lain. Pilih folder lain untuk ${APP_NAME}."
!define T_WRITE "Berkas program tidak dapat ditulis. Pastikan Anda boleh menulis di folder ini, disk tidak penuh, dan berkasnya tidak sedang dipakai, lalu ulangi. Versi yang tadinya terpasang tetap utuh."
!define T_RIGHTS "Akun Anda tidak berwenang memasang atau menghapus ${APP_NAME} untuk semua pengguna komputer ini. Jalankan sebagai administrator."
!define MULTIUSER_INIT_TEXT_ALLUSERSNOTPOSSIBLE "${T_RIGHTS}"

Var AskedFolder   ; what /D= names
Var Refusal       ; why this cannot go on, for the user
Var RefusalCode
Var Previous      ; another folder, in which the same edition lies until now

!include "installer_pages.nsh"
!insertmacro MUI_LANGUAGE "Indonesian"

; ---- what installer and uninstaller share ----------------------------------------------------
!macro REFUSE CODE TEXT
  StrCpy $RefusalCode ${CODE}
  StrCpy $Refusal "${TEXT}"
!macroend

; Windows lets nobody write to a program that runs; the reader of workbooks is the CLI as well.
!macro REFUSE_IF_IN_USE PROGRAM
  ${If} ${FileExists} "${PROGRAM}"
    ClearErrors
    FileOpen $0 "${PROGRAM}" a
    ${If} ${Errors}
      !insertmacro REFUSE ${RC_RUNNING} "${T_RUNNING}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro REFUSE_IF_RUNNING FOLDER
  !insertmacro REFUSE_IF_IN_USE "${FOLDER}\${WINDOW}.exe"
  !insertmacro REFUSE_IF_IN_USE "${FOLDER}\${CLI}.exe"
!macroend

!macro REMOVE_PROGRAM FOLDER
  Delete "${FOLDER}\${WINDOW}.exe"
  Delete "${FOLDER}\${CLI}.exe"
  RMDir /r "${FOLDER}\${INTERNAL}"
  RMDir /r "${FOLDER}\${STAGED}"
  RMDir /r "${FOLDER}\${ASIDE}"
  Delete "${FOLDER}\${UNINSTALLER}"
  RMDir "${FOLDER}"  ; only when nothing of somebody else lies in it
!macroend

; A scanner may hold a new file for a moment: try for five seconds.
!macro MOVING UN
Function ${UN}Move  ; $R0 to $R1; the error flag tells
  ${For} $R2 1 20
    ClearErrors
    Rename "$R0" "$R1"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 250
  ${Next}
  SetErrors
FunctionEnd
!macroend
!insertmacro MOVING ""
!insertmacro MOVING "un."

!macro ENDING UN
Function ${UN}StopHere
  ${If} $RefusalCode <> 0
    MessageBox MB_OK|MB_ICONSTOP "$Refusal" /SD IDOK
    SetErrorLevel $RefusalCode
    Quit
  ${EndIf}
FunctionEnd

; MultiUser.nsh would show a box here even to nobody, with /S.
Function ${UN}CheckRights
  !insertmacro REFUSE 0 ""
  ${${UN}GetParameters} $1
  ClearErrors
  ${${UN}GetOptions} $1 "/AllUsers" $2
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $2
    ${If} $2 != "Admin"
    ${AndIf} $2 != "Power"
      !insertmacro REFUSE ${RC_RIGHTS} "${T_RIGHTS}"
    ${EndIf}
  ${EndIf}
  Call ${UN}StopHere
FunctionEnd
!macroend
!insertmacro ENDING ""
!insertmacro ENDING "un."

; ---- before anything changes -----------------------------------------------------------------
Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro REFUSE ${RC_WINDOWS} "${T_WINDOWS}"
    Call StopHere
  ${EndIf}
  SetRegView 64
  StrCpy $AskedFolder $INSTDIR
  Call CheckRights
  !insertmacro MULTIUSER_INIT
  Call KeepAskedFolder
  Call FindRefusal
  ${If} ${Silent}
  ${OrIf} $RefusalCode = ${RC_MSI}
  ${OrIf} $RefusalCode = ${RC_NEWER}
    Call StopHere
  ${EndIf}
FunctionEnd

; MultiUser.nsh overwrites what /D= has named.
Function KeepAskedFolder
  ${If} $AskedFolder != ""
    StrCpy $INSTDIR $AskedFolder
  ${EndIf}
FunctionEnd

Function LeaveInstallMode
  Call KeepAskedFolder
FunctionEnd

Function LeaveFolder
  Call FindRefusal
  ${If} $RefusalCode <> 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$Refusal"
    Abort
  ${EndIf}
FunctionEnd

Function FindRefusal
  !insertmacro REFUSE 0 ""
  Call FindPrevious
  !insertmacro REFUSE_IF_RUNNING "$INSTDIR"
  ${If} $Previous != ""
    !insertmacro REFUSE_IF_RUNNING "$Previous"
  ${EndIf}
  Call FindForeign
  Call FindNewer
  Call FindMsi  ; last, since it weighs most
FunctionEnd

Function FindPrevious
  StrCpy $Previous ""
  ReadRegStr $0 SHCTX "${REGISTRY_KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} $0 != $INSTDIR
  ${AndIf} ${FileExists} "$0\${WINDOW}.exe"
    StrCpy $Previous $0
  ${EndIf}
FunctionEnd

; Other programs made with PyInstaller have an _internal as well, which would be replaced.
Function FindForeign
  ${If} ${FileExists} "$INSTDIR\${INTERNAL}\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${WINDOW}.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\${CLI}.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\${ASIDE}\*.*"
    !insertmacro REFUSE ${RC_FOLDER} "${T_FOREIGN}"
  ${EndIf}
FunctionEnd

Function FindNewer
  ReadRegStr $3 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $3 == ""
    Return
  ${EndIf}
  ${VersionCompare} "${VERSION}" "$3" $0
  ${If} $0 = 2
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/FORCEDOWNGRADE" $2
    ${If} ${Errors}
      !insertmacro REFUSE ${RC_NEWER} "Versi yang lebih baru ($3) sudah terpasang. Versi ${VERSION} tidak dipasang dan tidak ada yang diubah."
    ${EndIf}
  ${EndIf}
FunctionEnd

Function FindMsi
  System::Call 'msi::MsiEnumRelatedProductsW(w "{${UPGRADE_CODE}}", i 0, i 0, w .r1) i .r0'
  ${If} $0 == 0
    !insertmacro REFUSE ${RC_MSI} "${T_MSI}"
  ${EndIf}
FunctionEnd

!include "installer_exchange.nsh"

; ---- the work: unpack beside, then exchange by renaming --------------------------------------
Section "-${APP_NAME}"
  Call FindRefusal  ; the program may have been started since
  Call StopTheWork
  Call PutBack
  Call StopTheWork
  RMDir /r "$INSTDIR\${STAGED}"
  SetOverwrite try
  ClearErrors
  !include "${FILES}"
  ${If} ${Errors}
    !insertmacro REFUSE ${RC_FOLDER} "${T_WRITE}"
  ${EndIf}
  SetOutPath "$INSTDIR"  ; Windows renames no folder that is somebody's current one
  ${If} $RefusalCode = 0
    Call Exchange
  ${EndIf}
  Call StopTheWork
  ${If} $Previous != ""
    !insertmacro REMOVE_PROGRAM "$Previous"
  ${EndIf}
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  CreateShortCut "${LINK}" "$INSTDIR\${WINDOW}.exe" "" "" "" "" "" "${DESCRIPTION}"
  Call Register
SectionEnd

Function StopTheWork
  ${If} $RefusalCode <> 0
    MessageBox MB_OK|MB_ICONSTOP "$Refusal" /SD IDOK
    SetErrorLevel $RefusalCode
    Abort
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  Call DropStaged
  RMDir "$INSTDIR"  ; only when nothing lies in it
FunctionEnd

Function Register
  !define QUOTED '"$INSTDIR\${UNINSTALLER}" /$MultiUser.InstallMode'
  ${GetTime} "" "L" $0 $1 $2 $3 $4 $5 $6  ; day, month, year
  WriteRegStr SHCTX "${REGISTRY_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "Version" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${APP_NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${VENDOR}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Comments" "${DESCRIPTION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW}.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallDate" "$2$1$0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '${QUOTED}'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '${QUOTED} /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
FunctionEnd

; By the desktop, not by this process: the program would else run with the rights, and perhaps in
; the profile, of the administrator who has let the setup in.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW}.exe"'
FunctionEnd

; ---- removal: the program, never the data folder ---------------------------------------------
Function un.onInit
  SetRegView 64
  StrCpy $AskedFolder $INSTDIR
  Call un.CheckRights
  !insertmacro MULTIUSER_UNINIT
  Call un.ChooseEdition
  StrCpy $INSTDIR $AskedFolder
  !insertmacro REFUSE_IF_RUNNING "$INSTDIR"
  Call un.StopHere
FunctionEnd

; Two editions may lie beside each other: the folder, not the command line, tells which this is.
Function un.ChooseEdition
  !insertmacro REFUSE 0 ""
  ReadRegStr $0 HKCU "${REGISTRY_KEY}" "InstallDir"
  ReadRegStr $1 HKLM "${REGISTRY_KEY}" "InstallDir"
  ${If} $0 == $AskedFolder
    Call un.MultiUser.InstallMode.CurrentUser
  ${ElseIf} $1 == $AskedFolder
    ${If} $MultiUser.Privileges != "Admin"
    ${AndIf} $MultiUser.Privileges != "Power"
      !insertmacro REFUSE ${RC_RIGHTS} "${T_RIGHTS}"
    ${Else}
      Call un.MultiUser.InstallMode.AllUsers
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  ; As a whole or not at all: what somebody holds open cannot be renamed.
  CreateDirectory "$INSTDIR\${ASIDE}"
  StrCpy $R0 "$INSTDIR\${INTERNAL}"
  StrCpy $R1 "$INSTDIR\${ASIDE}\${INTERNAL}"
  ${If} ${FileExists} "$R0\*.*"
    Call un.Move
    ${If} ${Errors}
      RMDir "$INSTDIR\${ASIDE}"
      MessageBox MB_OK|MB_ICONSTOP "${T_RUNNING}" /SD IDOK
      SetErrorLevel ${RC_RUNNING}
      Abort
    ${EndIf}
  ${EndIf}
  Delete "${LINK}"
  !insertmacro REMOVE_PROGRAM "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegValue SHCTX "${REGISTRY_KEY}" "Version"
  DeleteRegValue SHCTX "${REGISTRY_KEY}" "InstallDir"
  DeleteRegKey /ifempty SHCTX "${REGISTRY_KEY}"
SectionEnd
