"""The one style sheet, a template over colour tokens; fonts are set in code, never here."""

TEMPLATE = """
QToolTip {{ background:{surface}; color:{text}; border:1px solid {line2}; padding:4px 6px; }}
QWidget[ground="page"] {{ background:{bg}; }}
QWidget[ground="surface"] {{ background:{surface}; }}
QWidget[ground="side"] {{ background:{side}; }}
QWidget[ground="status"] {{ background:{surface}; border-top:1px solid {line}; }}
QWidget[ground="practice"] {{ background:{badge}; }}
QFrame[card="plain"] {{ background:{surface}; border:1px solid {line}; border-radius:8px; }}
QFrame[card="quiet"] {{ background:{alt}; border:1px solid {line}; border-radius:6px; }}
QFrame[card="chosen"] {{ background:{soft}; border:1px solid {accent}; border-radius:6px; }}
QFrame[card="dialog"] {{ background:{surface}; border:1px solid {line2}; border-radius:10px; }}
QFrame[rule="1"] {{ background:{line}; border:none; }}
QFrame[message="ok"] {{ background:{ok_bg}; border:none; border-radius:6px; }}
QFrame[message="warn"] {{ background:{warn_bg}; border:none; border-radius:6px; }}
QFrame[message="bad"] {{ background:{bad_bg}; border:none; border-radius:6px; }}
QFrame[message="info"] {{ background:{info_bg}; border:none; border-radius:6px; }}
QLabel {{ background:transparent; color:{text}; }}
QLabel[tone="muted"] {{ color:{muted}; }}
QLabel[tone="accent"] {{ color:{accent}; }}
QLabel[tone="ok"] {{ color:{ok}; }}
QLabel[tone="warn"] {{ color:{warn}; }}
QLabel[tone="bad"] {{ color:{bad}; }}
QLabel[tone="info"] {{ color:{info}; }}
QLabel[tone="grey"] {{ color:{grey}; }}
QLabel[tone="surface"] {{ color:{surface}; }}
QLabel[tone="side_text"] {{ color:{side_text}; }}
QLabel[tone="side_mut"] {{ color:{side_mut}; }}
QLabel[tone="white"] {{ color:#FFFFFF; }}
QLabel[tone="badge_text"] {{ color:{badge_text}; }}
QLineEdit, QComboBox, QPlainTextEdit {{ background:{surface}; color:{text};
  border:1px solid {field}; border-radius:5px; padding:0 8px; min-height:{h28}px;
  selection-background-color:{accent}; selection-color:{on}; }}
QPlainTextEdit {{ padding:4px 6px; }}
QLineEdit[quiet="1"] {{ border-color:{line2}; }}
QLineEdit[cellbox="1"], QComboBox[cellbox="1"] {{ min-height:{h24}px; border-color:{line2};
  border-radius:4px; }}
QLineEdit[state="bad"], QComboBox[state="bad"], QPlainTextEdit[state="bad"] {{
  border:1px solid {bad}; background:{bad_bg}; }}
QLineEdit[state="warn"], QComboBox[state="warn"] {{ border:1px solid {warn};
  background:{warn_bg}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background:{alt}; border-color:{line}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ background:{grey_bg};
  color:{muted}; border-color:{line}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border:2px solid {accent};
  padding:0 7px; min-height:{h26}px; }}
QLineEdit[cellbox="1"]:focus, QComboBox[cellbox="1"]:focus {{ min-height:{h22}px; }}
QPlainTextEdit:focus {{ padding:3px 5px; }}
QLineEdit[state="bad"]:focus, QComboBox[state="bad"]:focus, QPlainTextEdit[state="bad"]:focus {{
  border:2px solid {bad}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border:none; background:transparent;
  padding:0; margin:0; min-height:{h18}px; }}
QComboBox::drop-down {{ border:none; width:22px; }}
QComboBox::down-arrow {{ image:url("{icons}/chevron-{theme}.svg"); width:14px; height:14px; }}
QAbstractItemView {{ background:{surface}; color:{text}; border:1px solid {line2};
  selection-background-color:{soft}; selection-color:{text}; outline:0; }}
QComboBox QAbstractItemView::item {{ min-height:{h26}px; padding:0 6px; }}
QComboBox QAbstractItemView::item:selected {{ background:{soft}; color:{text}; }}
QPushButton {{ background:{surface}; color:{text}; border:1px solid {line2}; border-radius:5px;
  padding:0 11px; min-height:{h28}px; outline:0; }}
QPushButton:hover {{ background:{alt}; }}
QPushButton:pressed {{ background:{grey_bg}; }}
QPushButton[keyed="1"] {{ text-align:left; }}
QPushButton[kind="primary"] {{ background:{accent}; color:{on}; border-color:{accent}; }}
QPushButton[kind="primary"]:hover {{ background:{hover}; border-color:{hover}; }}
QPushButton[kind="ghost"] {{ background:transparent; border-color:transparent; color:{accent};
  padding:0 6px; }}
QPushButton[kind="ghost"]:hover {{ background:{soft}; }}
QPushButton[kind="danger"] {{ color:{bad}; }}
QPushButton[kind="danger"]:hover {{ background:{bad_bg}; }}
QPushButton[kind="tab"] {{ background:transparent; border:none;
  border-bottom:2px solid transparent; border-radius:0; color:{muted}; padding:0 2px;
  min-height:{h30}px; }}
QPushButton[kind="tab"]:hover {{ color:{text}; }}
QPushButton[kind="tab"]:checked {{ color:{text}; border-bottom-color:{accent}; }}
QPushButton[kind="chip"] {{ border-radius:12px; min-height:{h22}px; padding:0 10px;
  color:{muted}; }}
QPushButton[kind="chip"]:checked {{ background:{soft}; border-color:{softline};
  color:{accent}; }}
QPushButton[kind="undo"] {{ background:transparent; border-color:transparent; color:{undo};
  padding:0 6px; }}
QPushButton[small="1"] {{ min-height:{h22}px; padding:0 8px; }}
QPushButton:disabled {{ color:{muted}; background:{grey_bg}; border-color:{line}; }}
QPushButton:focus {{ border:2px solid {accent}; padding:0 10px; min-height:{h26}px; }}
QPushButton[small="1"]:focus {{ min-height:{h20}px; padding:0 7px; }}
QPushButton[kind="primary"]:focus {{ border-color:{text}; }}
QPushButton[kind="ghost"]:focus {{ padding:0 5px; }}
QPushButton[kind="chip"]:focus {{ min-height:{h20}px; padding:0 9px; }}
QPushButton[kind="tab"]:focus {{ border:none; border-bottom:2px solid {accent}; padding:0 2px;
  min-height:{h30}px; background:{soft}; }}
QPushButton[kind="undo"]:focus {{ border:2px solid {undo}; padding:0 5px; }}
QTableView, QListView {{ background:{surface}; border:none; outline:0; }}
QHeaderView {{ background:{surface}; border:none; }}
QHeaderView::section {{ background:{surface}; color:{muted}; border:none;
  border-bottom:1px solid {line2}; padding:0 8px; }}
QTableCornerButton::section {{ background:{surface}; border:none; }}
QScrollArea {{ background:transparent; border:none; }}
QScrollBar:vertical {{ background:transparent; width:10px; margin:0; }}
QScrollBar:horizontal {{ background:transparent; height:10px; margin:0; }}
QScrollBar::handle {{ background:{line2}; border-radius:3px; margin:2px; min-height:36px;
  min-width:36px; }}
QScrollBar::handle:hover {{ background:{field}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background:none; border:none; height:0; width:0; }}
QCheckBox, QRadioButton {{ color:{text}; spacing:8px; background:transparent; }}
QCheckBox::indicator {{ width:14px; height:14px; border:1px solid {field}; border-radius:3px;
  background:{surface}; }}
QCheckBox::indicator:checked {{ background:{accent}; border-color:{accent};
  image:url("{icons}/tick-{theme}.svg"); }}
QCheckBox::indicator:focus {{ border:2px solid {accent}; width:12px; height:12px; }}
QCheckBox:focus, QRadioButton:focus {{ color:{accent}; }}
QRadioButton::indicator {{ width:14px; height:14px; border:1px solid {field};
  border-radius:8px; background:{surface}; }}
QRadioButton::indicator:checked {{ border:4px solid {accent}; width:8px; height:8px; }}
QMenu {{ background:{surface}; color:{text}; border:1px solid {line2}; border-radius:7px;
  padding:5px; }}
QMenu::item {{ padding:6px 28px 6px 10px; border-radius:5px; }}
QMenu::item:selected {{ background:{soft}; color:{text}; }}
QMenu::item:disabled {{ color:{muted}; }}
QMenu::separator {{ height:1px; background:{line}; margin:4px 4px; }}
QDialog, QMessageBox {{ background:{surface}; }}
QSplitter::handle {{ background:transparent; }}
"""
