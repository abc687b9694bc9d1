; The wizard's pages in our own Indonesian: what NSIS brings is stiff and says "anda".

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!ifdef SIDE_PICTURE
  !define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE_PICTURE}"
!endif
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "Hentikan pemasangan ${APP_NAME}?"
!define MUI_ABORTWARNING_CANCEL_DEFAULT

!define MUI_WELCOMEPAGE_TITLE "Pemasangan ${APP_NAME}"
!define MUI_WELCOMEPAGE_TEXT "${DESCRIPTION}.$\r$\n$\r$\nVersi ${VERSION} akan dipasang di komputer ini. Versi lama, bila ada, diganti; data kantor Anda tidak disentuh.$\r$\n$\r$\nTutup dahulu ${APP_NAME} bila sedang berjalan, lalu tekan Lanjut."
!insertmacro MUI_PAGE_WELCOME

!define MUI_PAGE_HEADER_TEXT "Lisensi"
!define MUI_PAGE_HEADER_SUBTEXT "Bacalah lisensi sebelum memasang ${APP_NAME}."
!define MUI_LICENSEPAGE_TEXT_TOP "Tekan Page Down untuk membaca selanjutnya."
!define MUI_LICENSEPAGE_TEXT_BOTTOM "Bila Anda menyetujui seluruh isinya, tekan Saya Setuju. ${APP_NAME} hanya dapat dipasang bila Anda setuju."
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"

!define MUI_PAGE_HEADER_TEXT "Pengguna"
!define MUI_PAGE_HEADER_SUBTEXT "Pilih siapa yang akan memakai ${APP_NAME}."
!define MULTIUSER_INSTALLMODEPAGE_TEXT_TOP "Pasang ${APP_NAME} untuk semua pengguna komputer ini, atau hanya untuk Anda sendiri? Data setiap pengguna tetap terpisah."
!define MULTIUSER_INSTALLMODEPAGE_TEXT_ALLUSERS "Semua pengguna komputer ini"
!define MULTIUSER_INSTALLMODEPAGE_TEXT_CURRENTUSER "Hanya saya"
!define MULTIUSER_PAGE_CUSTOMFUNCTION_LEAVE LeaveInstallMode
!insertmacro MULTIUSER_PAGE_INSTALLMODE

!define MUI_PAGE_HEADER_TEXT "Folder program"
!define MUI_PAGE_HEADER_SUBTEXT "Pilih tempat ${APP_NAME} dipasang."
!define MUI_DIRECTORYPAGE_TEXT_TOP "${APP_NAME} akan dipasang di folder berikut. Data kantor tidak disimpan di sini. Tekan Instal untuk memulai."
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "Folder program"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveFolder
!insertmacro MUI_PAGE_DIRECTORY

!define MUI_PAGE_HEADER_TEXT "Memasang"
!define MUI_PAGE_HEADER_SUBTEXT "${APP_NAME} sedang dipasang. Mohon tunggu."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Pemasangan selesai"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "${APP_NAME} ${VERSION} sudah terpasang."
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "Pemasangan tidak dilakukan"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "Versi yang tadinya terpasang, bila ada, tetap utuh."
!insertmacro MUI_PAGE_INSTFILES

!define MUI_FINISHPAGE_TITLE "${APP_NAME} sudah terpasang"
!define MUI_FINISHPAGE_TEXT "${APP_NAME} ${VERSION} siap dipakai dan ada di menu Start.$\r$\n$\r$\nTekan Selesai untuk menutup pemasang ini."
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "&Jalankan ${APP_NAME} sekarang"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_HEADER_TEXT "Hapus ${APP_NAME}"
!define MUI_PAGE_HEADER_SUBTEXT "Program dihapus dari komputer ini; data kantor Anda tetap disimpan."
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${APP_NAME} akan dihapus dari folder berikut. Data kantor, cadangan, dan dokumen Anda tidak dihapus. Tekan Hapus untuk memulai."
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "Folder program:"
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "Menghapus"
!define MUI_PAGE_HEADER_SUBTEXT "${APP_NAME} sedang dihapus. Mohon tunggu."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Penghapusan selesai"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "${APP_NAME} sudah dihapus. Data kantor Anda tetap ada."
!undef MUI_INSTFILESPAGE_ABORTHEADER_TEXT  ; MUI itself forgets to
!undef MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "Penghapusan tidak dilakukan"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "${APP_NAME} masih terpasang."
!insertmacro MUI_UNPAGE_INSTFILES
