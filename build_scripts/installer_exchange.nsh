; The new version, unpacked beside, takes the old one's place by renaming: all of it or nothing.
;
; ${STAGED} holds the new parts, ${ASIDE} the old ones while they make room; ${OPEN} in it says that
; an exchange has begun and is not over. Whatever a power cut leaves, PutBack makes it whole.

; While an exchange is open, what lies unpacked tells which parts are old and which new.
Function DropStaged
  ${IfNot} ${FileExists} "$INSTDIR\${ASIDE}\${OPEN}"
    RMDir /r "$INSTDIR\${STAGED}"
  ${EndIf}
FunctionEnd

!macro MOVE FROM TO
  StrCpy $R0 "${FROM}"
  StrCpy $R1 "${TO}"
  Call Move
  ${If} ${Errors}
    !insertmacro REFUSE ${RC_FOLDER} "${T_WRITE}"
  ${EndIf}
!macroend

!macro SET_ASIDE PART
  ${If} $RefusalCode = 0
  ${AndIf} ${FileExists} "$INSTDIR\${PART}"
    !insertmacro MOVE "$INSTDIR\${PART}" "$INSTDIR\${ASIDE}\${PART}"
  ${EndIf}
!macroend

!macro PUT_IN PART
  ${If} $RefusalCode = 0
    !insertmacro MOVE "$INSTDIR\${STAGED}\${PART}" "$INSTDIR\${PART}"
  ${EndIf}
!macroend

!macro PUT_BACK PART
  ${IfNot} ${FileExists} "$INSTDIR\${STAGED}\${PART}"
  ${AndIf} ${FileExists} "$INSTDIR\${PART}"
    !insertmacro MOVE "$INSTDIR\${PART}" "$INSTDIR\${STAGED}\${PART}"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${ASIDE}\${PART}"
    !insertmacro MOVE "$INSTDIR\${ASIDE}\${PART}" "$INSTDIR\${PART}"
  ${EndIf}
!macroend

; The window program goes first and comes last: where the power fails in between, nothing starts
; that is half old and half new, and the next run of any setup puts the old version back.
Function Exchange
  CreateDirectory "$INSTDIR\${ASIDE}"
  FileOpen $0 "$INSTDIR\${ASIDE}\${OPEN}" w
  FileClose $0
  !insertmacro SET_ASIDE "${WINDOW}.exe"
  !insertmacro SET_ASIDE "${CLI}.exe"
  !insertmacro SET_ASIDE "${INTERNAL}"
  !insertmacro PUT_IN "${INTERNAL}"
  !insertmacro PUT_IN "${CLI}.exe"
  !insertmacro PUT_IN "${WINDOW}.exe"
  ${If} $RefusalCode <> 0
    Call PutBack
  ${Else}
    Delete "$INSTDIR\${ASIDE}\${OPEN}"
    RMDir /r "$INSTDIR\${ASIDE}"
    RMDir /r "$INSTDIR\${STAGED}"
  ${EndIf}
FunctionEnd

; May itself be interrupted and be done again.
Function PutBack
  ${If} ${FileExists} "$INSTDIR\${ASIDE}\${OPEN}"
    !insertmacro PUT_BACK "${INTERNAL}"
    !insertmacro PUT_BACK "${CLI}.exe"
    !insertmacro PUT_BACK "${WINDOW}.exe"
    ${IfNot} ${FileExists} "$INSTDIR\${ASIDE}\${INTERNAL}\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\${ASIDE}\${CLI}.exe"
    ${AndIfNot} ${FileExists} "$INSTDIR\${ASIDE}\${WINDOW}.exe"
      RMDir /r "$INSTDIR\${ASIDE}"
    ${EndIf}
  ${Else}
    RMDir /r "$INSTDIR\${ASIDE}"
  ${EndIf}
FunctionEnd
